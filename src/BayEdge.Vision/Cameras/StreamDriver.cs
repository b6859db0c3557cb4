using System.Collections.Immutable;
using System.Globalization;
using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Vision.Plates;
using Microsoft.Extensions.Logging;

namespace BayEdge.Vision.Cameras;

/// <summary>The <c>stream</c> driver: cameras that give pictures, and recordings of them.</summary>
/// <remarks>One instance serves all cameras of the device; they share one plate reader and take turns with it.</remarks>
public sealed class StreamDriver : ISourceDriver, IDisposable
{
    private readonly SharedPlateReader _reader;
    private readonly TimeProvider _time;
    private readonly ILogger<StreamDriver> _logger;
    private readonly ISourceMemory? _memory;
    private readonly ICameraWatch? _watch;
    private readonly IPictureTray? _tray;

    /// <param name="createReader">Called when the first camera starts; what it throws becomes a sentence about missing weights.</param>
    /// <param name="time">Dates the sightings and paces recordings.</param>
    /// <param name="memory">Where it is kept how the bays look; null when that is forgotten at the end.</param>
    /// <param name="watch">Whoever looks through the cameras while they work; null for nobody.</param>
    /// <param name="tray">Where pictures are laid that may become evidence; null for nowhere.</param>
    public StreamDriver(
        Func<IPlateReader> createReader, TimeProvider time, ILogger<StreamDriver> logger, ISourceMemory? memory = null, ICameraWatch? watch = null,
        IPictureTray? tray = null)
    {
        (_time, _logger, _memory, _watch, _tray) = (time, logger, memory, watch, tray);
        _reader = new SharedPlateReader(createReader, time, logger);
    }

    public DriverDescriptor Descriptor { get; } = new(
        "stream", SourceKind.Camera, new LocalizedText("视频流摄像机", "Video stream camera"), StreamFields.All);

    public ISource Create(SourceConfiguration configuration) =>
        new StreamSource((CameraConfiguration)configuration, _reader, _time, _logger, _memory, _watch, _tray);

    /// <summary>Has the plate reader made anew before it reads the next picture.</summary>
    public void RenewReader() => _reader.Renew();

    public async Task<ProbeReport> ProbeAsync(SourceConfiguration configuration, CancellationToken cancellationToken)
    {
        try
        {
            return await ProbeAsync(StreamOptions.Of(configuration), cancellationToken);
        }
        catch (DeviceFaultException fault)
        {
            return ProbeReport.Failed(fault);
        }
    }

    public void Dispose() => _reader.Dispose();

    private async Task<ProbeReport> ProbeAsync(StreamOptions options, CancellationToken cancellationToken)
    {
        await _reader.LoadAsync(cancellationToken);
        var unreadable = ImmutableArray.CreateBuilder<string>();
        await using var pump = new FramePump(FrameGrabbers.Create(options, unreadable.Add), options, _time);
        var format = await pump.OpenAsync(cancellationToken);
        using var frame = await pump.NextAsync(cancellationToken) ?? throw StreamFaults.NoPictures(options.Location);

        var size = string.Create(CultureInfo.InvariantCulture, $"{frame.Picture.Width}x{frame.Picture.Height}");
        var rate = string.Create(CultureInfo.InvariantCulture, $"{format.FramesPerSecond:0.##}");
        var facts = ImmutableArray.Create(new ProbeFact("resolution", $"{size} px"));
        if (format.FramesPerSecond > 0)
            facts = facts.Add(new ProbeFact("frame rate", $"{rate} 1/s"));
        if (format.Codec.Length > 0)
            facts = facts.Add(new ProbeFact("codec", format.Codec));
        if (unreadable.Count > 0)
            facts = facts.Add(new ProbeFact("unreadable pictures", string.Join(", ", unreadable)));
        var pace = format.FramesPerSecond > 0 ? Wording.Of($", {rate} a second") : "";
        return new ProbeReport(true, $"{options.Location} gives pictures of {size} px{pace}.", facts);
    }
}

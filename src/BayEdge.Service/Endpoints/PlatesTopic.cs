using System.Text.Json;
using BayEdge.Service.Hosting;
using BayEdge.Service.Sources;
using BayEdge.Service.Status;

namespace BayEdge.Service.Endpoints;

/// <summary>The plates that the cameras read last, each told anew when it is read again.</summary>
internal sealed class PlatesTopic(RuntimeKeeper keeper, TimeProvider time) : SharedTopic(time)
{
    private readonly ToldValues<(string, string?, string, DateTimeOffset), ReadPlateView> _plates = new((before, now) => before != now);

    private EdgeRuntime? _runtime;
    private IReadOnlyList<ReadPlateView>? _read;

    public override string Name => "plates";

    protected override News Look(long version, long beat)
    {
        var runtime = keeper.Runtime;
        var read = runtime?.Services.GetRequiredService<ReadPlates>().Read() ?? [];
        if (read == _read && runtime == _runtime)
            return News.None;
        var isAnother = version == 1 || runtime != _runtime;
        (_runtime, _read) = (runtime, read);
        var isNews = _plates.Set(read.Select(plate => ((plate.Source, plate.Zone, plate.Text, plate.First), plate)), version);
        return isAnother ? News.Everything : isNews ? News.Some : News.None;
    }

    protected override string Tell(long since, bool isWhole) => JsonSerializer.Serialize(new PlatesView(isWhole, _plates.Since(since) ?? []), PageJson.Default.PlatesView);
}

/// <param name="Whole">Whether what is missing is gone; else it is as it was.</param>
/// <param name="Plates">The newest first, and newer than all that were told before.</param>
internal sealed record PlatesView(bool Whole, IReadOnlyList<ReadPlateView> Plates);

using System.IO.Compression;
using System.Text;
using System.Text.Json;
using BayEdge.Service.Access;
using BayEdge.Service.Configuring;
using BayEdge.Service.Endpoints;
using BayEdge.Service.Hosting;
using BayEdge.Service.Recording;
using BayEdge.Service.Status;

namespace BayEdge.Service.Support;

/// <summary>Something that goes into the bundle.</summary>
/// <param name="Bytes">Before compression; null where it is only known when it is made.</param>
/// <param name="Personal">Whether plates or tags stand in it.</param>
internal sealed record BundlePart(string Name, long? Bytes, bool Personal);

/// <summary>What support needs to help from afar, as a zip file without any secret; what is in it is said before.</summary>
internal sealed class DiagnosticsBundle(
    DataFolder folder, ConfigurationKeeper configurations, RuntimeKeeper runtime, DeviceStatus status, RecentEvents recent, AuditLog audit, TimeProvider time)
{
    private const string Recording = "recording.zip";

    public IReadOnlyList<BundlePart> Contents() =>
    [
        new BundlePart("versions.json", null, false),
        new BundlePart("status.json", null, true),
        new BundlePart("events.json", null, true),
        new BundlePart("configuration.json", null, true),
        new BundlePart("configuration-history.json", null, true),
        new BundlePart("audit.jsonl", Length(audit.Path), false),
        .. LogReader.Files(folder).Select(file => new BundlePart($"logs/{Path.GetFileName(file)}", Length(file), true)),
        .. Recorder is null ? Array.Empty<BundlePart>() : [new BundlePart(Recording, null, true)],
    ];

    private FlightRecorder? Recorder => runtime.Runtime?.Services.GetService<FlightRecorder>();

    /// <param name="leftOut">Names of parts that the person does not want to give away.</param>
    public async Task WriteAsync(Stream output, IReadOnlySet<string> leftOut, CancellationToken cancellationToken)
    {
        await using var archive = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancellationToken);
        var manifest = new List<string>();
        foreach (var part in Contents().Where(part => !leftOut.Contains(part.Name)))
        {
            await using var content = await OpenAsync(part.Name, cancellationToken);
            await using var entry = await archive.CreateEntry(part.Name).OpenAsync(cancellationToken);
            await content.CopyToAsync(entry, cancellationToken);
            manifest.Add(part.Name);
        }

        await using var list = await archive.CreateEntry("CONTENTS.txt").OpenAsync(cancellationToken);
        await list.WriteAsync(Encoding.UTF8.GetBytes($"BayEdge {HealthReporter.Version}, {time.GetUtcNow():u}\n{string.Join('\n', manifest)}\n"), cancellationToken);
    }

    private async Task<Stream> OpenAsync(string name, CancellationToken cancellationToken)
    {
        switch (name)
        {
            case "versions.json":
                return Text(JsonSerializer.Serialize(SystemView.Of(folder, runtime, time), PageJson.Default.SystemView));
            case "status.json":
                return Text(JsonSerializer.Serialize(status.Read(), PageJson.Default.StatusView));
            case "events.json":
                return Text(JsonSerializer.Serialize(recent.Read(), PageJson.Default.IReadOnlyListEventView));
            case "configuration.json":
                return Text(TextOfJson(configurations.Show()));
            case "configuration-history.json":
                return Text(JsonSerializer.Serialize(
                    [.. configurations.History().Select(kept => new VersionView(kept.Id, kept.At, kept.Who, kept.Why, TextOfJson(kept.Configuration)))], PageJson.Default.IReadOnlyListVersionView));
            case Recording when Recorder is { } recorder:
                var recording = new MemoryStream();
                await recorder.ExportAsync(recording, cancellationToken);
                recording.Position = 0;
                return recording;
            case "audit.jsonl":
                return File.Exists(audit.Path) ? LogReader.Open(audit.Path) : Stream.Null;
            default:
                return LogReader.Open(Path.Combine(folder.Logs, Path.GetFileName(name)));
        }
    }

    // A text that is no JSON may hold anything.
    private static string TextOfJson(string configuration) => ConfigurationText.Parse(configuration) is null ? "" : configuration;

    private static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));

    private static long? Length(string file) => File.Exists(file) ? new FileInfo(file).Length : null;
}

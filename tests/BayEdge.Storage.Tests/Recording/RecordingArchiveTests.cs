using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.Core.Recording;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Storage.Recording;
using BayEdge.TestKit;

namespace BayEdge.Storage.Tests.Recording;

public sealed class RecordingArchiveTests : IDisposable
{
    private static readonly ObservedAt Eight = new(BayScenario.Time("08:00:00"), TimeSpan.FromMinutes(10));

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void An_archive_holds_the_segments_the_configuration_and_what_it_is()
    {
        using var store = SegmentStore.Open(new RecordingOptions { Folder = _folder.Path, KeptFreeBytes = 0 });
        Record(store, Eight);
        Record(store, Eight + TimeSpan.FromHours(1));

        var description = Export("export.zip");

        Assert.Equal(
            new RecordingDescription("1.0.0", "sh-01", "pi-01", Eight.Wall, BayScenario.Time("12:00:00"), 2), description);
        using var archive = ZipFile.OpenRead(_folder.File("export.zip"));
        Assert.Equal(
            ["recording/00000001-3600s.jsonl.gz", "recording/00000002-3600s.jsonl.gz", "configuration.json", "about.json"],
            archive.Entries.Select(entry => entry.FullName));
        Assert.Equal("bay-01", Json(archive, "configuration.json").GetProperty("bays")[0].GetProperty("id").GetString());
        Assert.Equal("cn", Json(archive, "configuration.json").GetProperty("plateRegion").GetString());
        Assert.Equal("1.0.0", Json(archive, "about.json").GetProperty("product").GetString());
        Assert.Equal("2026-03-02T08:00:00.000Z", Json(archive, "about.json").GetProperty("from").GetString());
    }

    [Fact]
    public void An_archive_is_read_as_the_folder_is()
    {
        using var store = SegmentStore.Open(new RecordingOptions { Folder = _folder.Path, KeptFreeBytes = 0 });
        Record(store, Eight);
        Record(store, Eight + TimeSpan.FromHours(1));
        Export("export.zip");

        var fromFolder = RecordedSegment.In(_folder.Path).Select(Tell).ToList();

        Assert.Equal(2, fromFolder.Count);
        Assert.Equal(fromFolder, RecordedSegment.In(_folder.File("export.zip")).Select(Tell));
        Assert.Equal(fromFolder[..1], RecordedSegment.In(_folder.File("recording/00000001-3600s.jsonl.gz")).Select(Tell));
    }

    [Fact]
    public void A_segment_that_somebody_unpacked_is_read_too()
    {
        File.WriteAllText(_folder.File("segment.jsonl"), "one\ntwo\n");

        Assert.Equal(["one", "two"], Assert.Single(RecordedSegment.In(_folder.File("segment.jsonl"))).Lines);
    }

    [Fact]
    public void Where_nothing_is_recorded_nothing_is_exported()
    {
        Assert.Null(Export("export.zip"));
        Assert.Equal(0, new FileInfo(_folder.File("export.zip")).Length);
    }

    public void Dispose() => _folder.Dispose();

    private static string Tell(RecordedSegment segment) => $"{segment.Name}: {string.Join('\n', segment.Lines)}";

    private static JsonElement Json(ZipArchive archive, string name)
    {
        using var entry = archive.GetEntry(name)!.Open();
        return JsonDocument.Parse(entry).RootElement;
    }

    private RecordingDescription? Export(string name)
    {
        using var file = File.Create(_folder.File(name));
        return RecordingArchive.Write(_folder.Path, file, BayScenario.Time("12:00:00"));
    }

    private static void Record(SegmentStore store, ObservedAt from)
    {
        var configuration = Workshop.WithBays(1, new ExpectedVehicle { Ref = "WO-1" });
        var state = TrackerState.Start(new BayLayout(configuration), configuration.Vehicles, from);
        var lines = new ArrayBufferWriter<byte>();
        var writer = new SegmentWriter(lines, new SegmentStart
        {
            Product = "1.0.0", Number = store.Begin(), Configuration = configuration, State = RecordedState.Of(state, "boot-1"),
        });
        writer.Write(new SightingInput(new TagSighting(from + TimeSpan.FromSeconds(1), Workshop.Reader, 1, "E280", -55, 1)));
        writer.End(from + TimeSpan.FromHours(1));
        store.Append(lines.WrittenSpan, durable: false);
        store.End(TimeSpan.FromHours(1));
    }
}

using System.IO.Compression;
using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;
using BayEdge.Core.Recording;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Service.Recording;
using BayEdge.Storage.Recording;
using BayEdge.TestKit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Service.Tests.Recording;

public sealed class FlightRecorderTests : IAsyncDisposable
{
    private const string Tag = "E28068940000501234567890";

    // So long that the tracker believes it, and that the next vehicle is not taken for the one before.
    private static readonly TimeSpan Gone = TimeSpan.FromHours(1);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
    private readonly SaidLines _log = new();
    private readonly EdgeConfiguration _configuration = TestConfiguration.WithReader("192.0.2.5", Tag);
    private readonly List<Transition> _decided = [];
    private FlightRecorder? _recorder;
    private TrackerState _state;
    private TimeSpan _ahead;

    public FlightRecorderTests() =>
        _state = TrackerState.Start(new BayLayout(_configuration), _configuration.Vehicles, _time.Observe()).WithSourcesDown();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task What_led_to_a_decision_is_on_the_disk_with_it_and_the_rest_within_a_minute()
    {
        Start();
        var reads = ReadUntilDecided();
        await UntilAsync(() => Lines().Count(line => line.Contains("\"tag\"", StringComparison.Ordinal)) >= reads);
        var next = $"{Now().Wall:HH:mm:ss}";
        Read(seconds: 1);
        Assert.DoesNotContain(Lines(), line => line.Contains(next, StringComparison.Ordinal));

        await UntilAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            return Lines().Any(line => line.Contains(next, StringComparison.Ordinal));
        });
    }

    [Fact(Timeout = 30_000)]
    public async Task Nothing_is_written_while_nothing_happens()
    {
        Start();
        await _recorder!.FlushAsync(Cancellation);
        var (bytes, lines) = (Bytes(), Lines().Count);

        for (var minute = 0; minute < 600; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            Take(new TimePassed(_time.Observe()));
        }

        await _recorder.FlushAsync(Cancellation);
        Assert.Equal((bytes, lines), (Bytes(), Lines().Count));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_full_disk_pauses_the_recorder_is_said_once_and_the_recording_goes_on_when_there_is_room()
    {
        using var disk = SmallDisk.TryMount(kilobytes: 400);
        Assert.SkipWhen(disk is null, "This user may not mount a disk.");
        Start(new RecordingOptions { Folder = disk.Path, KeptFreeBytes = 0 });
        Read(seconds: 60);
        await _recorder!.FlushAsync(Cancellation);
        disk.Fill();

        for (var minute = 0; minute < 60; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(2));
            Read(seconds: 60);
            await _recorder.FlushAsync(Cancellation);
        }

        Assert.Contains("pauses, events are not affected: The recording in", Assert.Single(_log.Lines), StringComparison.Ordinal);
        var decidedWithout = _decided.Count;
        disk.Empty();
        for (var visit = 0; visit < 5; visit++)
        {
            Silence(Gone);
            Read(seconds: 60);
            await _recorder.FlushAsync(Cancellation);
        }

        Assert.Equal("The flight recorder records again", _log.Lines[^1]);
        Assert.Equal(2, _log.Lines.Count);
        await _recorder.DisposeAsync();
        var (decided, remarks) = Replays.Of(RecordedSegment.In(disk.Path));
        Assert.InRange(decidedWithout, 1, _decided.Count - 1);
        Assert.Equal(_decided[^1].VisitId, decided[^1].VisitId);
        Assert.EndsWith("the recording has a gap before it; what was decided in the gap is missing", Assert.Single(remarks).Text, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_recorder_that_cannot_keep_pace_leaves_a_gap_and_is_exact_after_it()
    {
        Start(mostWaiting: 16);
        for (var visit = 0; visit < 200; visit++)
        {
            Read(seconds: 60);
            Silence(Gone);
        }

        await _recorder!.FlushAsync(Cancellation);
        Read(seconds: 1);
        await _recorder.FlushAsync(Cancellation);
        var before = _decided.Count;
        for (var second = 0; second < 60; second++)
        {
            Read(seconds: 1);
            await _recorder.FlushAsync(Cancellation);
        }

        await _recorder.DisposeAsync();
        var (decided, remarks) = Replays.Of(RecordedSegment.In(_folder.Path));
        Assert.NotEmpty(remarks);
        Assert.DoesNotContain(remarks, remark => remark.IsWrong);
        Assert.Equal(_decided.Skip(before).Select(Replays.Tell), decided.TakeLast(_decided.Count - before).Select(Replays.Tell));
        Assert.Equal(before + 1, _decided.Count);
    }

    [Fact(Timeout = 30_000)]
    public async Task After_a_step_of_the_clock_a_new_segment_shows_the_new_time()
    {
        Start();
        await _recorder!.FlushAsync(Cancellation);
        Read(seconds: 70);
        _ahead = TimeSpan.FromDays(365);
        Read(seconds: 70);
        await _recorder.FlushAsync(Cancellation);
        Read(seconds: 2);

        await _recorder.DisposeAsync();

        var segments = RecordedSegment.In(_folder.Path).Select(segment => segment.Lines.ToList()).ToList();
        Assert.StartsWith("{\"at\":\"2027-03-02T08:0", segments[^1][0], StringComparison.Ordinal);
        var (decided, remarks) = Replays.Of(RecordedSegment.In(_folder.Path));
        Assert.Equal(_decided.Select(Replays.Tell), decided.Select(Replays.Tell));
        Assert.Empty(remarks);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_export_of_the_running_recorder_has_everything_up_to_now()
    {
        Start();
        Read(seconds: 3);
        using var export = new MemoryStream();

        var description = await _recorder!.ExportAsync(export, Cancellation);

        Assert.Equal(("sh-01", "pi-01", 1), (description!.Site, description.Device, description.Segments));
        using var archive = new ZipArchive(export);
        await using var segment = new GZipStream(await archive.Entries[0].OpenAsync(Cancellation), CompressionMode.Decompress);
        using var text = new StreamReader(segment);
        Assert.Contains("2026-03-02T08:00:02.000Z", await text.ReadToEndAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_service_that_ends_leaves_a_whole_segment()
    {
        Start();
        Read(seconds: 3);

        await _recorder!.DisposeAsync();
        await _recorder.DisposeAsync();

        Assert.Equal("00000001-2s.jsonl.gz", Assert.Single(RecordedSegment.In(_folder.Path)).Name);
        Assert.Contains("\"kind\":\"end\"", Lines()[^1], StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        if (_recorder is not null)
            await _recorder.DisposeAsync();
        _folder.Dispose();
    }

    private void Start(RecordingOptions? store = null, int mostWaiting = 65_536)
    {
        _recorder = new FlightRecorder(
            new FlightRecorderOptions
            {
                Product = Replays.Product,
                Configuration = _configuration,
                BootId = "boot-1",
                Store = store ?? new RecordingOptions { Folder = _folder.Path, KeptFreeBytes = 0 },
                MostWaiting = mostWaiting,
            },
            _time,
            _log);
        _recorder.Begin(RecordedState.AtStart(_state, "boot-1", restored: null));
    }

    private void Read(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            Take(new SightingInput(new TagSighting(Now(), "reader-1", 1, Tag, -55, 1)));
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    /// <returns>How many reads that took.</returns>
    private int ReadUntilDecided()
    {
        var reads = 0;
        for (; _decided.Count == 0 && reads < 60; reads++)
            Read(seconds: 1);
        Assert.NotEmpty(_decided);
        return reads;
    }

    private void Silence(TimeSpan length)
    {
        _time.Advance(length);
        Take(new TimePassed(Now()));
    }

    private ObservedAt Now()
    {
        var now = _time.Observe();
        return now with { Wall = now.Wall + _ahead };
    }

    private void Take(TrackerInput input)
    {
        var step = BayTracker.Step(_state, input);
        _recorder!.Took(_state, input, step);
        _state = step.State;
        _decided.AddRange(step.Transitions);
    }

    private List<string> Lines() => [.. RecordedSegment.In(_folder.Path).SelectMany(segment => segment.Lines.ToList())];

    private long Bytes() => Directory.GetFiles(Path.Combine(_folder.Path, "recording")).Sum(file => new FileInfo(file).Length);

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
            await Task.Delay(5, Cancellation);
    }

    private sealed class SaidLines : ILogger<FlightRecorder>
    {
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> Lines
        {
            get
            {
                lock (_lines)
                    return [.. _lines];
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_lines)
                _lines.Add(formatter(state, exception));
        }
    }
}

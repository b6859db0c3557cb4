using System.Security.Cryptography;
using System.Text;
using BayEdge.Core.Delivery;
using BayEdge.Storage.Recording;
using BayEdge.TestKit;

namespace BayEdge.Storage.Tests.Recording;

public sealed class SegmentStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Folder => Path.Combine(_folder.Path, "recording");

    [Fact]
    public void What_was_appended_is_read_back_line_by_line_also_while_the_segment_is_written()
    {
        using var store = Open();
        store.Begin();
        store.Append("one\ntwo\n"u8, durable: false);
        store.Append("沪AD12345\n"u8, durable: true);

        Assert.Equal(["one", "two", "沪AD12345"], Assert.Single(RecordedSegment.In(_folder.Path)).Lines);
    }

    [Fact]
    public void A_segment_that_is_whole_says_how_long_it_is_and_numbers_go_on_after_a_restart()
    {
        using (var store = Open())
        {
            Record(store, "a", TimeSpan.FromMinutes(60));
            store.Begin();
            store.Append("b\n"u8, durable: false);
        }

        using var next = Open();
        Record(next, "c", TimeSpan.FromSeconds(5));

        Assert.Equal(["00000001-3600s.jsonl.gz", "00000002.jsonl.gz", "00000003-5s.jsonl.gz"], RecordedSegment.In(_folder.Path).Select(segment => segment.Name));
    }

    [Fact]
    public void The_recording_never_takes_more_than_its_bytes_and_the_oldest_goes_first()
    {
        const int Most = 800_000;
        using var store = Open(new RecordingOptions { Folder = _folder.Path, MaximumBytes = Most, KeptFreeBytes = 0 });

        for (var number = 1; number <= 60; number++)
        {
            store.Begin();
            for (var batch = 0; store.Bytes < store.SegmentBytes; batch++)
            {
                store.Append(Noise(5_000), durable: false);
                Assert.InRange(Directory.GetFiles(Folder).Sum(file => new FileInfo(file).Length), 1, Most);
            }

            store.End(TimeSpan.FromMinutes(1));
        }

        Assert.Equal("00000060-60s.jsonl.gz", RecordedSegment.In(_folder.Path).Last().Name);
        Assert.InRange(Directory.GetFiles(Folder).Sum(file => new FileInfo(file).Length), Most * 8 / 10, Most);
    }

    [Fact]
    public void Recorded_hours_are_kept_and_what_is_older_goes()
    {
        using var store = Open(new RecordingOptions { Folder = _folder.Path, Span = TimeSpan.FromHours(3), KeptFreeBytes = 0 });

        for (var number = 1; number <= 9; number++)
            Record(store, "hour", TimeSpan.FromHours(1));
        store.Begin();

        Assert.Equal([7, 8, 9, 10], RecordedSegment.In(_folder.Path).Select(segment => int.Parse(segment.Name.AsSpan(0, 8), null)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(12)]
    [InlineData(40)]
    public void A_batch_that_a_power_cut_tore_costs_no_line_before_it(int bytesLeft)
    {
        long whole;
        using (var store = Open())
        {
            store.Begin();
            store.Append("first\nsecond\n"u8, durable: true);
            whole = store.Bytes;
            store.Append(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 500).Select(number => $"line {number * 7919}\n"))), durable: false);
        }

        var file = Path.Combine(Folder, "00000001.jsonl.gz");
        using (var torn = new FileStream(file, FileMode.Open))
            torn.SetLength(whole + bytesLeft);

        Assert.Equal(["first", "second"], Assert.Single(RecordedSegment.In(_folder.Path)).Lines.Take(2));
        Assert.All(Assert.Single(RecordedSegment.In(_folder.Path)).Lines.Skip(2), line => Assert.Matches("^line [0-9]+$", line));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    public void What_a_card_filled_up_after_a_power_cut_is_not_taken_for_lines(byte filler)
    {
        using (var store = Open())
        {
            store.Begin();
            store.Append("first\n"u8, durable: true);
        }

        using (var file = new FileStream(Path.Combine(Folder, "00000001.jsonl.gz"), FileMode.Append))
            file.Write(Enumerable.Repeat(filler, 5000).ToArray());

        Assert.Equal(["first"], Assert.Single(RecordedSegment.In(_folder.Path)).Lines);
    }

    [Fact]
    public void Where_the_disk_is_short_the_recording_gives_way_before_anything_else()
    {
        using (var store = Open(new RecordingOptions { Folder = _folder.Path, KeptFreeBytes = 0 }))
            Record(store, "older", TimeSpan.FromHours(1));
        using var shortOfSpace = Open(new RecordingOptions { Folder = _folder.Path, KeptFreeBytes = 1_000_000_000_000_000 });
        shortOfSpace.Begin();

        var fault = Assert.Throws<StorageFaultException>(() => shortOfSpace.Append("x\n"u8, durable: false));

        Assert.Equal($"The disk under '{Folder}' has less than 1000000000 MB free, which are kept for events; make room on it.", fault.Message);
        shortOfSpace.GiveUp();
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public void A_full_disk_is_told_in_a_sentence_and_recording_goes_on_once_there_is_room()
    {
        using var disk = SmallDisk.TryMount(kilobytes: 400);
        Assert.SkipWhen(disk is null, "This user may not mount a disk.");
        using var store = SegmentStore.Open(new RecordingOptions { Folder = disk.Path, KeptFreeBytes = 0 });
        store.Begin();
        store.Append("first\n"u8, durable: true);
        disk.Fill(exceptKilobytes: 40);

        var fault = Assert.Throws<StorageFaultException>(() => store.Append(Noise(100_000), durable: true));
        store.GiveUp();
        Assert.NotEqual(0, new DriveInfo(disk.Path).AvailableFreeSpace);
        disk.Empty();
        Record(store, "second", TimeSpan.FromSeconds(1));

        Assert.StartsWith($"The recording in '{Path.Combine(disk.Path, "recording")}' took no data: the disk is full. Check", fault.Message, StringComparison.Ordinal);
        Assert.Equal([["first"], ["second"]], RecordedSegment.In(disk.Path).Select(segment => segment.Lines));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_told_in_a_sentence()
    {
        File.WriteAllText(Folder, "a file is in the way");

        var fault = Assert.Throws<StorageFaultException>(() => Open());

        Assert.StartsWith($"The recording in '{Folder}' took no data: ", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private SegmentStore Open() => Open(new RecordingOptions { Folder = _folder.Path, KeptFreeBytes = 0 });

    private static SegmentStore Open(RecordingOptions options) => SegmentStore.Open(options);

    private static void Record(SegmentStore store, string line, TimeSpan span)
    {
        store.Begin();
        store.Append(Encoding.UTF8.GetBytes($"{line}\n"), durable: false);
        store.End(span);
    }

    private static byte[] Noise(int bytes) => RandomNumberGenerator.GetBytes(bytes);
}

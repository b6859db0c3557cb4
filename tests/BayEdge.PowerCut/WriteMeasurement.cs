using System.Security.Cryptography;
using BayEdge.Contracts.Events;
using BayEdge.Core.Bays;
using BayEdge.Core.Delivery;
using BayEdge.Storage.Journal;
using BayEdge.TestKit;

namespace BayEdge.PowerCut;

/// <summary>What an event costs the memory card: flushes, and bytes with all that the file system adds.</summary>
internal static class WriteMeasurement
{
    private const int WarmUp = 100;
    private const int Events = 500;
    private const int AckedTogether = 20;

    // Events are seconds apart at a bay. Faster than the tick of a file's time stamp, some would seem cheaper than they are.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(12);

    // Of four bays with a vehicle in two: what an event is stored with.
    private static readonly byte[] Snapshot = TrackerSnapshot.Write(
        new BayScenario(Workshop.WithBays(4)).At("08:00:00")
            .TagReads("E28068940000501234567890", until: "08:20:00").TagReads("E28068940000501234567891", "bay-03", until: "08:20:00")
            .Run("08:20:00").State,
        "0d6f2f0e-52a8-4f0c-8b55-0f9e2c6d3b90");

    private static readonly DateTimeOffset RecordedAt = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    public static async Task<int> RunAsync(string workFolder, string diskProgram, TextWriter output)
    {
        var (card, log) = (Path.Combine(workFolder, "card.img"), Path.Combine(workFolder, "promises.log"));
        await Tool.MakeFileSystemAsync(card, 64 << 20);
        await File.WriteAllTextAsync(log, "");
        await using var disk = await VolatileDisk.StartAsync(diskProgram, card, log, workFolder);
        using var journal = SqliteJournal.Open(new JournalOptions { Folder = disk.Folder }, TimeProvider.System);
        await MeasureAsync("one event stored and confirmed", Each(journal));
        await MeasureAsync("one event stored", () => Append(journal));
        await MeasureAsync($"one event confirmed, {AckedTogether} together", Together(journal), AckedTogether);
        return 0;

        async Task MeasureAsync(string what, Action step, int eventsAStep = 1)
        {
            for (var index = 0; index < WarmUp / eventsAStep; index++)
                await StepAsync();
            var before = await CountAsync(disk);
            for (var index = 0; index < Events / eventsAStep; index++)
                await StepAsync();
            var after = await CountAsync(disk);
            output.WriteLine(
                $"{what}: {(after.Flushes - before.Flushes) / (double)Events:0.00} flushes, "
                + $"{(after.Bytes - before.Bytes) / 1000.0 / Events:0.0} kB written");

            async Task StepAsync()
            {
                step();
                await Task.Delay(Pause);
            }
        }
    }

    private static EventPosition Append(SqliteJournal journal) =>
        journal.Append([new PendingEvent("bayedge/v1/sh-01/pi-01/event/bay-01", RecordedAt, _ => RandomNumberGenerator.GetBytes(900))], Snapshot)[0];

    private static Action Each(SqliteJournal journal) => () =>
    {
        var position = Append(journal);
        journal.Confirm(position.Epoch, position.Sequence);
    };

    private static Action Together(SqliteJournal journal) => () =>
    {
        var positions = journal.Read(default, AckedTogether).Select(entry => entry.Position).ToList();
        journal.Confirm(journal.Epoch, positions[^1].Sequence);
    };

    private static async Task<(long Flushes, long Bytes)> CountAsync(VolatileDisk disk)
    {
        // What the file system still holds back belongs to the steps before.
        await Tool.RunAsync("sync", "--file-system", disk.Folder);
        var counters = disk.ReadCounters();
        return (counters["flushes"], counters["bytes"]);
    }
}

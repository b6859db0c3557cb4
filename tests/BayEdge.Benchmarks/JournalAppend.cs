using System.Globalization;
using BayEdge.Core.Delivery;
using BayEdge.Storage.Journal;
using BayEdge.TestKit;

namespace BayEdge.Benchmarks;

/// <summary>How long it takes until one event of 700 bytes and the bays' snapshot are on the disk.</summary>
internal static class JournalAppend
{
    private const int Count = 2000;

    public static int Run(TextWriter output)
    {
        using var folder = new TemporaryFolder();
        using var journal = SqliteJournal.Open(new JournalOptions { Folder = folder.Path }, TimeProvider.System);
        var snapshot = new byte[2000];
        var took = new TimeSpan[Count];
        for (var index = 0; index < Count; index++)
        {
            var began = TimeProvider.System.GetTimestamp();
            journal.Append([new PendingEvent("events", DateTimeOffset.UnixEpoch, _ => new byte[700])], snapshot);
            took[index] = TimeProvider.System.GetElapsedTime(began);
        }

        Array.Sort(took);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"append: median {took[Count / 2].TotalMilliseconds:0.00} ms, p99 {took[Count * 99 / 100].TotalMilliseconds:0.00} ms, longest {took[^1].TotalMilliseconds:0.00} ms"));
        return 0;
    }
}

using System.Globalization;
using BayEdge.Core.Delivery;
using BayEdge.Storage.Journal;
using BayEdge.TestKit;

namespace BayEdge.Benchmarks;

/// <summary>How long a start waits for the journal when much is unconfirmed: with the file in memory, and where the kernel lets us, read from the disk.</summary>
internal static class JournalStart
{
    private static readonly int[] Backlogs = [0, 10_000, 100_000];

    public static int Run(TextWriter output)
    {
        foreach (var backlog in Backlogs)
        {
            using var folder = new TemporaryFolder();
            using (var journal = SqliteJournal.Open(new JournalOptions { Folder = folder.Path }, TimeProvider.System))
            {
                foreach (var chunk in Enumerable.Range(0, backlog).Chunk(1000))
                    journal.Append([.. chunk.Select(_ => new PendingEvent("events", DateTimeOffset.UnixEpoch, _ => new byte[1000]))], new byte[2000]);
            }

            Measure(output, folder.Path, backlog, "in memory");
            if (TryForgetFiles())
                Measure(output, folder.Path, backlog, "from the disk");
        }

        return 0;
    }

    private static void Measure(TextWriter output, string folder, int backlog, string where)
    {
        var began = TimeProvider.System.GetTimestamp();
        using var journal = SqliteJournal.Open(new JournalOptions { Folder = folder }, TimeProvider.System);
        var found = journal.GetStatus().Backlog;
        var took = TimeProvider.System.GetElapsedTime(began);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"start with {found} of {backlog} unconfirmed, {where}: {took.TotalMilliseconds:0} ms"));
    }

    private static bool TryForgetFiles()
    {
        try
        {
            File.WriteAllText("/proc/sys/vm/drop_caches", "1");
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

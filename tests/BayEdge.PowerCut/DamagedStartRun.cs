using BayEdge.Contracts.Events;
using BayEdge.Core.Delivery;
using BayEdge.Storage.Journal;

namespace BayEdge.PowerCut;

/// <summary>Cuts the power while a device starts that found its journal damaged, moves it aside and begins a new epoch.</summary>
internal sealed class DamagedStartRun(string workFolder, string diskProgram, CutRunOptions options, TextWriter output)
{
    private const long DiskBytes = 64 << 20;

    // Enough that the write-ahead log was folded into the database at least once: it would heal the damage otherwise.
    private const int Stored = 1500;
    private const int AppendedTogether = 5;
    private const long FirstAfterwards = 1L << 40;

    private static readonly int[] Percents = [0, 50, 100];
    private static readonly Action<string>[] Damages = [OverwriteHeads, OverwritePages, File.Delete];

    private readonly Random _random = new(options.Seed);
    private readonly string _card = Path.Combine(workFolder, "damaged.img");
    private readonly string _log = Path.Combine(workFolder, "damaged.log");
    private readonly List<string> _violations = [];
    private byte[]? _damaged;
    private HashSet<EventPosition> _salvaged = [];

    /// <returns>The exit code: 0 when every start came to the same sound journal.</returns>
    public async Task<int> RunAsync()
    {
        for (var kind = 0; kind < Damages.Length; kind++)
        {
            await PrepareAsync(Damages[kind]);
            var requests = await CountRequestsAsync();
            for (var cut = kind; cut < options.Cuts; cut += Damages.Length)
                await CutAsync(_random.Next(requests), Percents[cut / Damages.Length % Percents.Length]);
        }

        output.WriteLine(
            $"{options.Cuts} cuts in the start of a damaged journal, seed {options.Seed}: {_violations.Count} promises broken");
        return _violations.Count == 0 ? 0 : 1;
    }

    private async Task PrepareAsync(Action<string> damage)
    {
        await Tool.MakeFileSystemAsync(_card, DiskBytes);
        await Tool.WithMountedAsync(_card, workFolder, folder =>
        {
            // Copied while it is open, so that a write-ahead log stays beside the database, as after a cut.
            var running = Directory.CreateDirectory(Path.Combine(workFolder, "running")).FullName;
            using (var journal = Open(running))
            {
                foreach (var tokens in Enumerable.Range(1, Stored).Chunk(AppendedTogether))
                    journal.Append([.. tokens.Select(token => Content.Event(token))], Content.Snapshot(tokens[^1]));
                foreach (var file in Directory.GetFiles(running))
                    File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            }

            Directory.Delete(running, recursive: true);
            var database = Path.Combine(folder, "journal.db");
            damage(database);
            _damaged = File.Exists(database) ? File.ReadAllBytes(database) : null;
        });
    }

    /// <summary>How many requests an undisturbed start asks of the disk; keeps what such a start salvages.</summary>
    private async Task<int> CountRequestsAsync()
    {
        await File.WriteAllTextAsync(_log, "");
        await using var disk = await VolatileDisk.StartAsync(diskProgram, _card, _log, workFolder);
        var before = Requests(disk);
        using (var journal = Open(disk.Folder))
            _salvaged = Salvaged(journal);
        StartOnce(disk.Folder);
        return Requests(disk) - before;
    }

    private async Task CutAsync(int request, int percent)
    {
        await File.WriteAllTextAsync(_log, "");
        string image;
        long promised;
        await using (var disk = await VolatileDisk.StartAsync(diskProgram, _card, _log, workFolder))
        {
            disk.CutAfter(request + 1, percent, _random.Next());
            StartOnce(disk.Folder);
            (image, promised) = await disk.WaitForCutAsync(0, TimeSpan.Zero);
        }

        var (exitCode, report) = await Tool.TryRunAsync("e2fsck", "-fp", image);
        if (exitCode > 1)
            Add(request, $"The file system is damaged: {report}");
        else
            await Tool.WithMountedAsync(image, workFolder, folder => Check(request, folder, promised > 0));
    }

    private void StartOnce(string folder)
    {
        using var journal = Open(folder);
        journal.Append([Content.Event(FirstAfterwards)], Content.Snapshot(FirstAfterwards));
        File.WriteAllText(_log, "appended");
    }

    private void Check(int request, string folder, bool promised)
    {
        try
        {
            using var journal = Open(folder);
            if (journal.Epoch != 2)
                Add(request, $"Epoch {journal.Epoch} followed epoch 1.");
            if (promised && journal.LastSequence != 1)
                Add(request, $"The first event of the new epoch was returned, and the journal ends at event {journal.LastSequence}.");
            if (journal.LastSequence == 0 && journal.Recovery is not { PreviousEpoch: 1, PreviousLastSequence: Stored })
                Add(request, $"The damage is told as {journal.Recovery?.ToString() ?? "nothing"}.");
            if (!Salvaged(journal).SetEquals(_salvaged))
                Add(request, $"{Salvaged(journal).Count} events were salvaged; without a cut it is {_salvaged.Count}.");
            if (journal.Read(default, int.MaxValue).FirstOrDefault(entry => Content.TokenOf(entry) is null) is { } strange)
                Add(request, $"Event {strange.Position.EventId} holds what nobody wrote.");
            CheckMovedAside(request, folder);
            var last = journal.LastSequence;
            var position = journal.Append([Content.Event(FirstAfterwards + 1)], default)[0];
            if (position != new EventPosition(journal.Epoch, last + 1))
                Add(request, $"The next event became {position.EventId}.");
        }
        catch (StorageFaultException exception)
        {
            Add(request, exception.Message);
        }
    }

    private void CheckMovedAside(int request, string folder)
    {
        var kept = Directory.Exists(Path.Combine(folder, "damaged"))
            ? Directory.GetFiles(Path.Combine(folder, "damaged"), "journal.db", SearchOption.AllDirectories)
            : [];
        if (_damaged is not null && !kept.Any(path => File.ReadAllBytes(path).AsSpan().SequenceEqual(_damaged)))
            Add(request, "The damaged journal is not kept as it was.");
    }

    private void Add(int request, string what)
    {
        var sentence = $"  Cut before request {request + 1} of the start: {what}";
        _violations.Add(sentence);
        output.WriteLine(sentence);
    }

    private static HashSet<EventPosition> Salvaged(SqliteJournal journal) =>
        [.. journal.Read(default, int.MaxValue).Select(entry => entry.Position).Where(position => position.Epoch == 1)];

    private static SqliteJournal Open(string folder) => SqliteJournal.Open(new JournalOptions { Folder = folder }, TimeProvider.System);

    private static int Requests(VolatileDisk disk)
    {
        var counters = disk.ReadCounters();
        return (int)(counters["writes"] + counters["flushes"]);
    }

    // The write-ahead log holds the head too, and would heal it.
    private static void OverwriteHeads(string path)
    {
        Overwrite(path, 0, 4096);
        Overwrite(path + "-wal", 0, 4096);
    }

    private static void OverwritePages(string path) => Overwrite(path, 8 * 4096, 6 * 4096);

    private static void Overwrite(string path, long offset, int bytes)
    {
        var garbage = new byte[bytes];
        new Random(7).NextBytes(garbage);
        using var file = File.OpenWrite(path);
        file.Position = offset;
        file.Write(garbage);
    }
}

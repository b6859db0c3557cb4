using System.Text;
using BayEdge.TestKit;

namespace BayEdge.PowerCut;

/// <summary>
/// Life after life of a device on one disk: each begins with what the last power cut left, or with a new disk; in each
/// the power is cut several times under load, and what every cut leaves is opened and held against the promises.
/// </summary>
internal sealed class CutRun(string workFolder, string diskProgram, CutRunOptions options, TextWriter output)
{
    private const long DiskBytes = 64 << 20;
    private const int MostCutsInALife = 10;
    private const int MostPrinted = 5;
    private const long TokensInALife = 1L << 32;

    // In requests of the disk, of which an append takes about ten.
    private const int LongestStart = 120;
    private const int LongestPause = 1500;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly int[] Percents = [0, 50, 100];

    private readonly Random _random = new(options.Seed);
    private readonly CutTally _tally = new();
    private readonly string _card = Path.Combine(workFolder, "card.img");
    private readonly string _log = Path.Combine(workFolder, "promises.log");
    private Promises? _promises;

    /// <returns>The exit code: 0 when every promise was kept.</returns>
    public async Task<int> RunAsync()
    {
        while (_tally.Cuts < options.Cuts)
        {
            if (_promises is null || _random.Next(5) == 0)
            {
                await Tool.MakeFileSystemAsync(_card, DiskBytes);
                _promises = new Promises();
            }

            _promises = await LiveAsync(_promises);
            output.WriteLine($"{_tally.Cuts} of {options.Cuts} cuts in {_tally.Lives} lives, {_tally.Violations} promises broken");
        }

        output.WriteLine(_tally.Summary(options.Seed));
        return _tally.Violations == 0 ? 0 : 1;
    }

    /// <returns>The promises that the next life inherits with the card; null when it needs a new one.</returns>
    private async Task<Promises?> LiveAsync(Promises promises)
    {
        _tally.Lives++;
        await File.WriteAllTextAsync(_log, "");
        await using var disk = await VolatileDisk.StartAsync(diskProgram, _card, _log, workFolder, options.LyingDisk);
        var inLife = Math.Min(_random.Next(1, MostCutsInALife + 1), options.Cuts - _tally.Cuts);
        // Armed before the load starts, so that the first cut may fall into the start of the journal.
        CutSoon(disk, LongestStart);
        await using var load = StartLoad(disk.Folder, promises);
        await using var log = new FileStream(_log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        RecoveredJournal? found = null;
        for (var number = 0; number < inLife; number++)
        {
            if (number > 0)
                CutSoon(disk, LongestPause);
            var (image, witness) = await disk.WaitForCutAsync(number, LongestWait);
            await ReadAsync(log, witness, promises);
            var check = new RecoveryCheck(promises);
            if (load.HasExited)
                check.Add(ViolationKind.Start, $"The load ended by itself. {load.Output}");
            found = await CheckAsync(image, check);
            Report(check, image, promises);
            // The running disk still reads the card of this life: the new one takes its name, not its place.
            if (number == inLife - 1)
                File.Move(image, _card, overwrite: true);
            else
                File.Delete(image);
            // What follows from a broken promise proves nothing.
            if (check.Violations.Count > 0)
                return null;
        }

        return promises.After(found!);
    }

    private void CutSoon(VolatileDisk disk, int mostRequests) =>
        disk.CutAfter(_random.Next(1, mostRequests), Percents[_tally.Cuts % Percents.Length], _random.Next());

    private ToolProcess StartLoad(string folder, Promises promises) => ToolProcess.Start(
        Environment.ProcessPath!,
        "load",
        folder,
        _log,
        $"{_random.Next()}",
        $"{_tally.Lives * TokensInALife}",
        $"{promises.Append + 1}");

    private static async Task ReadAsync(FileStream log, long upTo, Promises promises)
    {
        var bytes = new byte[upTo - log.Position];
        await log.ReadExactlyAsync(bytes);
        foreach (var line in Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            promises.Read(line);
    }

    /// <returns>Null when the journal cannot be opened.</returns>
    private async Task<RecoveredJournal?> CheckAsync(string image, RecoveryCheck check)
    {
        // Some devices check the file system before they mount it, others leave its journal to the kernel. The two differ
        // on a torn last commit, so what is checked and what the next life starts from take the same way.
        if (_random.Next(2) == 0 && await Tool.TryRunAsync("e2fsck", "-fp", image) is { ExitCode: > 1 } repair)
        {
            // Up to 1: the file system's journal was replayed, as after any power cut (e2fsck(8), EXIT CODE).
            check.Add(ViolationKind.Start, $"The file system is damaged: {repair.Output.ReplaceLineEndings(" ")}");
            return null;
        }

        var copy = Path.Combine(workFolder, "check.img");
        await Tool.RunAsync("cp", "--sparse=always", image, copy);
        var found = await CheckMountedAsync(copy, check);
        if (await Tool.TryRunAsync("e2fsck", "-fp", copy) is { ExitCode: > 1 } verdict)
            check.Add(ViolationKind.Start, $"The file system is damaged: {verdict.Output.ReplaceLineEndings(" ")}");
        return found;
    }

    private void Report(RecoveryCheck check, string image, Promises promises)
    {
        _tally.Add(check, promises);
        foreach (var violation in check.Violations.Take(MostPrinted))
            output.WriteLine($"  {violation.Kind}: {violation.What}");
        if (check.Violations.Count > MostPrinted)
            output.WriteLine($"  and {check.Violations.Count - MostPrinted} more");
        if (check.Violations.Count > 0)
            Keep(image);
    }

    private async Task<RecoveredJournal?> CheckMountedAsync(string image, RecoveryCheck check)
    {
        try
        {
            RecoveredJournal? found = null;
            await Tool.WithMountedAsync(image, workFolder, folder => found = check.Run(folder));
            return found;
        }
        catch (InvalidOperationException exception)
        {
            check.Add(ViolationKind.Start, $"The file system cannot be mounted: {exception.Message}");
            return null;
        }
    }

    private void Keep(string image)
    {
        var folder = Directory.CreateDirectory(Path.Combine(workFolder, "broken", $"cut-{_tally.Cuts}")).FullName;
        File.Copy(image, Path.Combine(folder, "card.img"), overwrite: true);
        File.Copy(_log, Path.Combine(folder, "promises.log"), overwrite: true);
    }
}

/// <param name="Cuts">How often the power is cut.</param>
/// <param name="Seed">Of every choice of the run; the instants also depend on how fast the machine is.</param>
/// <param name="LyingDisk">Whether the disk only pretends to flush: then promises must be found broken.</param>
internal sealed record CutRunOptions(int Cuts, int Seed, bool LyingDisk);

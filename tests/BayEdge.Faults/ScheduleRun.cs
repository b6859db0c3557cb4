using System.Diagnostics;
using BayEdge.Core.Configuration;
using BayEdge.Faults.Played;
using BayEdge.Faults.Schedules;
using BayEdge.Faults.Truth;
using BayEdge.Faults.World;
using Microsoft.Data.Sqlite;

namespace BayEdge.Faults;

/// <summary>One schedule in a network, mounts and processes of its own: everything goes wrong as planned, is mended, and is checked.</summary>
internal sealed class ScheduleRun(string folder, FaultSchedule schedule, DeliveryConfirmation confirmation)
{
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(250);

    public async Task<ScheduleResult> RunAsync(CancellationToken cancellationToken)
    {
        await using var world = await RunWorld.StartAsync(folder, schedule, confirmation, cancellationToken);
        var problems = new List<string>();
        try
        {
            await GoWrongAsync(world, cancellationToken);
            world.SetRate(0);
            var mended = Stopwatch.StartNew();
            if (!await SettleAsync(world, cancellationToken))
                problems.Add($"{Settled.TotalMinutes} minutes after everything was mended the device still waits for confirmations.");
            mended.Stop();
            problems.AddRange(new[] { world.Device.Crash, world.Central.Crash }.OfType<string>());
            problems.AddRange(new[] { await world.Device.StopAsync(), await world.Central.StopAsync() }.OfType<string>());
            return Check(world, problems, mended.Elapsed);
        }
        finally
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "device.out"), world.Device.Output, CancellationToken.None);
            await File.WriteAllTextAsync(Path.Combine(folder, "central.out"), world.Central.Output, CancellationToken.None);
        }
    }

    private async Task GoWrongAsync(RunWorld world, CancellationToken cancellationToken)
    {
        var actions = new FaultActions(world, schedule.EventsPerSecond);
        var clock = Stopwatch.StartNew();
        var steps = schedule.Faults
            .SelectMany(fault => new (double At, Func<Task> Act)[]
            {
                (fault.At, () => actions.BeginAsync(fault, cancellationToken)),
                (fault.End, () => actions.EndAsync(fault, cancellationToken)),
            })
            .OrderBy(step => step.At);
        foreach (var (at, act) in steps)
        {
            var wait = TimeSpan.FromSeconds(at) - clock.Elapsed;
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, cancellationToken);
            await act();
        }
    }

    private async Task<bool> SettleAsync(RunWorld world, CancellationToken cancellationToken)
    {
        var waiting = Stopwatch.StartNew();
        while (waiting.Elapsed < Settled)
        {
            await Task.Delay(Turn, cancellationToken);
            if (world.Device.Crash is not null || world.Central.Crash is not null)
                return true;
            var truth = DeviceTruth.Read(world.LogPath);
            if (truth.Life == world.Device.Starts && truth.Drained == truth.Last)
                return true;
        }

        return false;
    }

    private ScheduleResult Check(RunWorld world, List<string> problems, TimeSpan mended)
    {
        var truth = DeviceTruth.Read(world.LogPath);
        problems.AddRange(truth.Problems);
        if (truth.Stored.Count == 0)
            problems.Add("The device has stored nothing, so that nothing was proved.");
        LedgerCheck? check = null;
        try
        {
            check = LedgerCheck.Run(truth, world.Gone, world.LedgerPath);
            problems.AddRange(check.Problems);
        }
        catch (Exception exception) when (exception is SqliteException or Central.Ledger.LedgerFaultException)
        {
            problems.Add($"The ledger cannot be read: {exception.Message}");
        }

        var said = world.Central.Output.Split('\n');
        problems.AddRange(said.Where(line => line.StartsWith(PlayedCentral.MalformedWord, StringComparison.Ordinal)));
        return new ScheduleResult
        {
            Number = schedule.Number,
            Problems = problems,
            Kinds = [.. schedule.Faults.Select(fault => fault.Kind)],
            Events = truth.Stored.Count,
            Lost = check?.Lost ?? 0,
            Doubled = check?.Doubled ?? 0,
            Declared = check?.Declared ?? 0,
            Repeated = said.Count(line => line.StartsWith(PlayedCentral.DuplicateWord, StringComparison.Ordinal)),
            BrokerStarts = world.Broker.Starts,
            DeviceStarts = world.Device.Starts,
            CentralStarts = world.Central.Starts,
            SettledSeconds = mended.TotalSeconds,
        };
    }
}

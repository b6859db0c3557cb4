using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using BayEdge.Core.Configuration;
using BayEdge.Faults;
using BayEdge.Faults.Played;
using BayEdge.Faults.Schedules;

using var stop = new CancellationTokenSource();
using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    stop.Cancel();
});

switch (args)
{
    case ["run", var folder, var first, var count, var seed, var atATime, var confirmation]:
        return await new FaultRun(
            folder, new FaultRunOptions(Number(first), Number(count), Number(seed), Number(atATime), Confirmation(confirmation)), Console.Out).RunAsync(stop.Token);
    case ["schedule", var folder, var seed, var number, var confirmation]:
        Console.WriteLine(JsonSerializer.Serialize(
            await new ScheduleRun(folder, FaultSchedule.Generate(Number(seed), Number(number)), Confirmation(confirmation)).RunAsync(stop.Token)));
        return 0;
    case ["device", var folder, var log, var rate, var life, var confirmation]:
        return await UntilStoppedAsync(
            new PlayedDevice(folder, log, rate, Number(life), Confirmation(confirmation)).RunAsync);
    case ["central", var ledger]:
        return await UntilStoppedAsync(new PlayedCentral(ledger).RunAsync);
    default:
        Console.Error.WriteLine("""
            Usage: BayEdge.Faults run FOLDER FIRST COUNT SEED AT-A-TIME central|broker    run schedules, check, print the figures
            Start it through tests/faults.sh.
            """);
        return 2;
}

async Task<int> UntilStoppedAsync(Func<CancellationToken, Task> run)
{
    try
    {
        await run(stop.Token);
    }
    catch (OperationCanceledException) when (stop.IsCancellationRequested)
    {
        // Asked for.
    }

    return 0;
}

static DeliveryConfirmation Confirmation(string text) => Enum.Parse<DeliveryConfirmation>(text, ignoreCase: true);

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

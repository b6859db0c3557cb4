using System.Globalization;
using BayEdge.Benchmarks;
using BayEdge.Benchmarks.Cameras;
using BayEdge.Benchmarks.Fuzz;
using BayEdge.Benchmarks.Page;
using BayEdge.Benchmarks.Readers;
using BayEdge.Benchmarks.Scenarios;

return args switch
{
    ["tracker"] => TrackerThroughput.Run(Console.Out),
    ["append"] => JournalAppend.Run(Console.Out),
    ["start"] => JournalStart.Run(Console.Out),
    ["return"] => await BrokerReturn.RunAsync(Console.Out),
    ["drain"] => await BacklogDrain.CompareAsync(Console.Out, 10_000),
    ["drain", "--events", var count] when int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var events) && events > 0 =>
        await BacklogDrain.RunAsync(Console.Out, events),
    ["latency"] => await DeliveryLatency.RunAsync(Console.Out),
    ["recorder"] => RecorderWear.Run(Console.Out),
    ["reports"] => TagReportThroughput.Run(Console.Out),
    ["page"] => await PageCommand.RunAsync(Console.Out),
    ["idle-host"] => await PageMemory.IdleAsync(withWeb: false),
    ["idle-web"] => await PageMemory.IdleAsync(withWeb: true),
    ["readers", ..] => await ReaderLoadCommand.RunAsync(args[1..], Console.Out, Console.Error),
    ["reconnect", ..] => await ReaderReturnsCommand.RunAsync(args[1..], Console.Out, Console.Error),
    ["fuzz", ..] => FuzzCommand.Run(args.AsSpan(1), Console.Out, Console.Error),
    ["occupancy", ..] => OccupancyFilms.Run(args.AsSpan(1), Console.Out),
    ["plates", ..] => RenderedPlates.Run(args.AsSpan(1), Console.Out),
    ["visits", ..] => await VisitFilms.RunAsync(args[1..], Console.Out),
    ["idle-camera", ..] => await IdleCamera.RunAsync(args[1..], Console.Out),
    ["scenarios", ..] => ScenarioCommand.Run(args.AsSpan(1), Console.Out, Console.Error),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: BayEdge.Benchmarks tracker | append | start | drain [--events COUNT] | latency | return | recorder | reports | page");
    Console.Error.WriteLine($"       {FuzzCommand.Usage}");
    Console.Error.WriteLine($"       {ReaderLoadCommand.Usage}");
    Console.Error.WriteLine($"       {ReaderReturnsCommand.Usage}");
    Console.Error.WriteLine($"       {OccupancyFilms.Usage}");
    Console.Error.WriteLine($"       {RenderedPlates.Usage}");
    Console.Error.WriteLine($"       {VisitFilms.Usage}");
    Console.Error.WriteLine($"       {IdleCamera.Usage}");
    Console.Error.WriteLine($"       {ScenarioCommand.Usage}");
    return 2;
}

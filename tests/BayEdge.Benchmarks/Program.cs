using BayEdge.Benchmarks;

return args switch
{
    ["tracker"] => TrackerThroughput.Run(Console.Out),
    ["append"] => JournalAppend.Run(Console.Out),
    ["drain"] => await BacklogDrain.RunAsync(Console.Out),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: BayEdge.Benchmarks tracker | append | drain");
    return 2;
}

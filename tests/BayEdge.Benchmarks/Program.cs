using BayEdge.Benchmarks;

return args switch
{
    ["tracker"] => TrackerThroughput.Run(Console.Out),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: BayEdge.Benchmarks tracker");
    return 2;
}

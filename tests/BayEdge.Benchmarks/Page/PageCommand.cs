namespace BayEdge.Benchmarks.Page;

/// <summary>How far behind the sighting a phone is, and what the page costs the network, the processor and the memory.</summary>
internal static class PageCommand
{
    public static async Task<int> RunAsync(TextWriter output)
    {
        await LiveUpdates.RunAsync(output);
        await WatchedSources.RunAsync(output);
        await PageMemory.RunAsync(output);
        return 0;
    }
}

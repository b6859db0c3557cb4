using System.Diagnostics;

namespace BayEdge.Benchmarks.Fuzz;

/// <summary>Feeds damaged input to a decoder and watches what it does.</summary>
internal static class FuzzRun
{
    /// <summary>No input is so long that decoding it may take this.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(2);

    /// <param name="seed">The same seed gives the same cases.</param>
    public static FuzzResult Of(FuzzTarget target, long cases, int seed)
    {
        var random = new Random(seed);
        var input = new byte[Mutation.LongestBytes];
        long refused = 0, mostAllocated = 0;
        var slowest = TimeSpan.Zero;
        var watch = Stopwatch.StartNew();
        for (long number = 0; number < cases; number++)
        {
            var length = Mutation.Make(target.Seeds, random, input);
            var started = Stopwatch.GetTimestamp();
            var before = GC.GetAllocatedBytesForCurrentThread();
            Exception? outcome = null;
            try
            {
                target.Decode(input.AsMemory(0, length));
            }
#pragma warning disable CA1031 // Any exception is an outcome here.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                outcome = exception;
            }

            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            var took = Stopwatch.GetElapsedTime(started);
            mostAllocated = Math.Max(mostAllocated, allocated);
            slowest = took > slowest ? took : slowest;
            refused += outcome is null ? 0 : 1;
            if (Complaint(target, outcome, allocated, length, took) is { } complaint)
                return new FuzzResult(target.Name, number + 1, refused, mostAllocated, slowest, watch.Elapsed, $"seed {seed}, case {number}, bytes {Convert.ToHexString(input, 0, length)}: {complaint}");
        }

        return new FuzzResult(target.Name, cases, refused, mostAllocated, slowest, watch.Elapsed, null);
    }

    private static string? Complaint(FuzzTarget target, Exception? outcome, long allocated, int length, TimeSpan took)
    {
        if (outcome is not null && !target.IsRefusal(outcome))
            return outcome.ToString();
        // An exception carries its stack, which is not what the input asked for.
        const long exceptionBytes = 16_384;
        var most = target.MostAllocated(length) + (outcome is null ? 0 : exceptionBytes);
        if (allocated > most)
            return $"{allocated} bytes allocated; at most {most} were expected";
        return took > Hang ? $"took {took.TotalSeconds:0.0} s" : null;
    }
}

/// <param name="Refused">Cases that ended in a refusal in words; the others were decoded, or skipped and counted by the decoder.</param>
/// <param name="Complaint">The case that broke the decoder, to be fed again; null when none did.</param>
internal sealed record FuzzResult(string Target, long Cases, long Refused, long MostAllocated, TimeSpan Slowest, TimeSpan Took, string? Complaint);

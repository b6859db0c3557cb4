using System.Diagnostics;
using System.Globalization;
using BayEdge.Benchmarks.Fuzz;
using BayEdge.Drivers.Llrp;
using BayEdge.Drivers.Llrp.Protocol;

namespace BayEdge.Benchmarks;

/// <summary>LLRP tag reports per second, from the bytes of a connection to sightings, on one core.</summary>
internal static class TagReportThroughput
{
    private const int Reports = 1_000_000;
    private const int Rounds = 3;

    public static int Run(TextWriter output)
    {
        foreach (var tags in new[] { 1, 8 })
        {
            for (var round = 1; round <= Rounds; round++)
                Measure(output, tags);
        }

        return 0;
    }

    private static void Measure(TextWriter output, int tagsInOne)
    {
        var bytes = LlrpTargets.Whole(LlrpTargets.Body(tagsInOne));
        var mapper = new TagReportMapper("reader-1", LlrpSettings.From(LlrpTargets.Configuration));
        var buffer = new FrameBuffer();
        long sightings = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        for (var report = 0; report < Reports / tagsInOne; report++)
        {
            bytes.CopyTo(buffer.Free());
            buffer.Filled(bytes.Length);
            while (buffer.TryTake(out var frame))
                sightings += mapper.Map(frame, FuzzTargets.Arrival + TimeSpan.FromMilliseconds(report)).Count;
        }

        watch.Stop();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{tagsInOne} tags a message: {sightings / watch.Elapsed.TotalSeconds:N0} tag reports/s, {(GC.GetAllocatedBytesForCurrentThread() - before) / sightings} bytes each"));
    }
}

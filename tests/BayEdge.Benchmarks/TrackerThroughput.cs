using System.Diagnostics;
using System.Globalization;
using BayEdge.Core.Bays;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.TestKit;

namespace BayEdge.Benchmarks;

/// <summary>Sightings per second through <see cref="BayTracker.Step"/> on one core: 200 tags, each heard by turns in all of 8 bays.</summary>
internal static class TrackerThroughput
{
    private const int Bays = 8;
    private const int Tags = 200;
    private const int Sightings = 400_000;
    private const int Rounds = 3;

    private enum Workload
    {
        /// <summary>A tagged vehicle in each bay, the other tags in the yard.</summary>
        VehicleInEveryBay,

        /// <summary>All tags in the yard.</summary>
        VacantBays,

        /// <summary>A vehicle without a tag on the loop of each bay, all tags in the yard.</summary>
        UntaggedVehicleInEveryBay,
    }

    public static int Run(TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Bays} bays, {Tags} tags, {Sightings} sightings a round, one core"));
        foreach (var workload in Enum.GetValues<Workload>())
        {
            var sightings = Make(workload);
            for (var round = 1; round <= Rounds; round++)
                Measure(output, workload, sightings);
        }

        Weigh(output, Make(Workload.VehicleInEveryBay));
        return 0;
    }

    /// <summary>What the tracker itself keeps in memory, and what it writes down, with everything known.</summary>
    private static void Weigh(TextWriter output, List<Sighting> sightings)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (state, _) = Feed(sightings);
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"live state: {bytes / 1024.0:N0} KiB, snapshot: {TrackerSnapshot.Write(state, "boot").Length / 1024.0:N0} KiB"));
        GC.KeepAlive(sightings);
    }

    private static void Measure(TextWriter output, Workload workload, List<Sighting> sightings)
    {
        var allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        var (watch, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var (_, transitions) = Feed(sightings);
        watch.Stop();
        processor = Environment.CpuUsage.TotalTime - processor;
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - allocatedBefore) / sightings.Count;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{workload}: {sightings.Count / watch.Elapsed.TotalSeconds:N0} sightings/s, {sightings.Count / processor.TotalSeconds:N0} a second of processor time, {bytes} bytes each, {transitions} transitions"));
    }

    private static (TrackerState State, int Transitions) Feed(List<Sighting> sightings)
    {
        var state = TrackerState.Start(new BayLayout(Workshop.WithBays(Bays)), [], sightings[0].At);
        var transitions = 0;
        foreach (var sighting in sightings)
        {
            var step = BayTracker.Step(state, new SightingInput(sighting));
            state = step.State;
            transitions += step.Transitions.Length;
        }

        return (state, transitions);
    }

    private static List<Sighting> Make(Workload workload)
    {
        var random = new Random(1);
        var tags = Enumerable.Range(0, Tags).Select(tag => $"E280689400005012345678{tag:X2}").ToList();
        var parked = workload == Workload.VehicleInEveryBay ? Bays : 0;
        var sightings = new List<Sighting>(Sightings + Bays);
        if (workload == Workload.UntaggedVehicleInEveryBay)
            sightings.AddRange(Enumerable.Range(1, Bays).Select(bay => new PresenceSighting(At(0), Workshop.Loop(Workshop.Bay(bay)), true)));

        // Every tag is read once a second; a parked one every other time by its own bay.
        for (var number = 0; number < Sightings; number++)
        {
            var (round, tag) = Math.DivRem(number, Tags);
            var bay = tag < parked && round % 2 == 0 ? tag : (tag + round) % Bays;
            var rssi = (tag < parked && tag == bay ? -55 : -75) + (random.NextDouble() * 6) - 3;
            sightings.Add(new TagSighting(At((double)number / Tags), Workshop.Reader, bay + 1, tags[tag], rssi, 1));
        }

        return sightings;
    }

    private static ObservedAt At(double seconds) => new(BayScenario.Time("08:00:00").AddSeconds(seconds), TimeSpan.FromSeconds(seconds));
}

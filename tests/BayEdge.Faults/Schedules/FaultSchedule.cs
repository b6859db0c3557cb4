using System.Collections.Immutable;
using System.Globalization;

namespace BayEdge.Faults.Schedules;

/// <summary>What goes wrong in one run and when; follows from the seed and the number alone.</summary>
/// <param name="EventsPerSecond">How many the bays decide while nothing special is asked of them.</param>
internal sealed record FaultSchedule(int Seed, int Number, BrokerLimits Broker, double EventsPerSecond, ImmutableArray<Fault> Faults)
{
    private const int FaultsInASchedule = 7;
    private const double LastStart = 16;
    private const int Tries = 40;

    private static readonly FaultKind[] Kinds = Enum.GetValues<FaultKind>();

    /// <summary>Seconds after its beginning at which nothing is wrong any more.</summary>
    public double End => Faults.Max(fault => fault.End);

    public static FaultSchedule Generate(int seed, int number)
    {
        var random = new Random(unchecked((seed * 1_000_003) + number));
        var faults = ImmutableArray.CreateBuilder<Fault>();
        foreach (var kind in KindsOf(seed, number))
            faults.Add(Place(kind, faults, random));
        return new FaultSchedule(
            seed, number, BrokerLimits.Draw(random), random.Next(10, 60), [.. faults.OrderBy(fault => fault.At)]);
    }

    /// <summary>For a person: what to expect of this schedule.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"schedule {Number} of seed {Seed}: {EventsPerSecond:0} events/s, {Broker}\n  {string.Join("\n  ", Faults)}");

    // Dealt from shuffled decks, so that a few schedules already hold every kind.
    private static IEnumerable<FaultKind> KindsOf(int seed, int number)
    {
        var first = number * FaultsInASchedule;
        return Enumerable.Range(first, FaultsInASchedule).Select(place => Deck(seed, place / Kinds.Length)[place % Kinds.Length]);
    }

    private static FaultKind[] Deck(int seed, int deck)
    {
        var kinds = Kinds.ToArray();
        new Random(unchecked((seed * 7919) + deck)).Shuffle(kinds);
        return kinds;
    }

    private static Fault Place(FaultKind kind, IReadOnlyCollection<Fault> placed, Random random)
    {
        var others = placed.Where(other => other.Target == Fault.TargetOf(kind)).ToList();
        var clock = Fault.ClockSecondsOf(kind, random);
        var seconds = 0.3 + (random.NextDouble() * random.NextDouble() * 7);
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var at = random.NextDouble() * LastStart;
            if (others.TrueForAll(other => at > other.End + 0.2 || at + seconds < other.At - 0.2))
                return new Fault(kind, at, seconds, clock);
        }

        return new Fault(kind, others.Max(other => other.End) + 0.3, seconds, clock);
    }
}

/// <summary>How the broker is set up.</summary>
/// <param name="Queued">Mosquitto's <c>max_queued_messages</c>: what it keeps for an absent client; it drops the rest.</param>
/// <param name="InFlight">Mosquitto's <c>max_inflight_messages</c>.</param>
/// <param name="SaveSeconds">Mosquitto's <c>autosave_interval</c>: what came after is gone when it is killed.</param>
internal sealed record BrokerLimits(int Queued, int InFlight, int SaveSeconds)
{
    public static BrokerLimits Draw(Random random) => new(
        Pick(random, 5, 20, 100, 1000), Pick(random, 1, 5, 20), Pick(random, 1, 1800));

    public override string ToString() => $"the broker queues {Queued}, has {InFlight} in flight, saves every {SaveSeconds} s";

    private static int Pick(Random random, params ReadOnlySpan<int> values) => values[random.Next(values.Length)];
}

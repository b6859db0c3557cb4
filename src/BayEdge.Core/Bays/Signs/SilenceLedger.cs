using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace BayEdge.Core.Bays.Signs;

/// <summary>
/// How often a silence was a shadow, and how often a departure: learned, a silence at a time. Silences that began alike are
/// counted together.
/// </summary>
/// <remarks>
/// A departure is a silence that never ends. So the odds that a silence of length T is a departure are the departures, over the
/// shadows that lasted longer than T. The lengths fall into classes whose limits grow by the square root of two.
/// </remarks>
/// <param name="Shadows">For each onset and class: silences that ended, and were at least as long as the class's lower limit.</param>
/// <param name="Departures">For each onset.</param>
internal sealed record SilenceLedger(ImmutableArray<float> Shadows, ImmutableArray<float> Departures)
{
    private const int Onsets = 4;
    private const int Classes = 20;

    // What is assumed before anything was learned, worth so many departures: shadows of 3 seconds and more come ten times a
    // stay, and the chance that one outlasts T falls with 1/T, faster beyond ten minutes.
    private const double AssumedDepartures = 3;
    private const double AssumedShadowsAStay = 10;

    /// <summary>Shorter silences are the ordinary pauses between reads.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan AssumedShortest = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan AssumedLong = TimeSpan.FromMinutes(10);
    private static readonly double[] AssumedOnsetOfShadow = [0.76, 0.2, 0.02, 0.02];
    private static readonly double[] AssumedOnsetOfDeparture = [0.18, 0.22, 0.47, 0.13];

    // Old habits of a bay fade: after so many departures the counts are halved.
    private const float MostDepartures = 400;

    public static SilenceLedger Empty { get; } = new(ImmutableArray.Create(new float[Onsets * Classes]), ImmutableArray.Create(new float[Onsets]));

    /// <summary>Whether it was not written by this class.</summary>
    [JsonIgnore]
    public bool IsMisshapen => Shadows.IsDefault || Departures.IsDefault || Shadows.Length != Onsets * Classes || Departures.Length != Onsets;

    public SilenceLedger WithShadow(Onset onset, TimeSpan length)
    {
        if (length < Shortest)
            return this;
        var shadows = Shadows.ToBuilder();
        for (var index = 0; index < Classes && LimitOf(index) <= length; index++)
            shadows[((int)onset * Classes) + index]++;
        return this with { Shadows = shadows.MoveToImmutable() };
    }

    /// <param name="count">-1 takes one back that turned out to be a shadow.</param>
    public SilenceLedger WithDeparture(Onset onset, int count = 1)
    {
        var departures = Departures.SetItem((int)onset, Math.Max(0, Departures[(int)onset] + count));
        return departures.Sum() <= MostDepartures
            ? this with { Departures = departures }
            : new SilenceLedger([.. Shadows.Select(shadow => shadow / 2)], [.. departures.Select(departure => departure / 2)]);
    }

    /// <summary>What was learned of silences that began so and lasted longer.</summary>
    public SilenceTally After(Onset onset, TimeSpan silence) => new(Departures[(int)onset], Longer(onset, silence));

    /// <summary>For departure, in nats, after a silence that lasts already.</summary>
    /// <param name="learned">What was learned, in this bay and elsewhere.</param>
    public static double LogOddsOfDeparture(Onset onset, TimeSpan silence, SilenceTally learned) =>
        Math.Log((learned.Departures + (AssumedDepartures * AssumedOnsetOfDeparture[(int)onset])) / (learned.Shadows + AssumedLonger(onset, silence)));

    private double Longer(Onset onset, TimeSpan silence)
    {
        var place = Math.Max(0, 2 * Math.Log2(silence / Shortest));
        var index = Math.Min((int)place, Classes - 1);
        var (here, next) = (Shadows[((int)onset * Classes) + index], index + 1 < Classes ? Shadows[((int)onset * Classes) + index + 1] : 0);
        return here + ((next - here) * Math.Min(1, place - index));
    }

    private static double AssumedLonger(Onset onset, TimeSpan silence)
    {
        var longer = Math.Min(1, AssumedShortest / silence);
        if (silence > AssumedLong)
            longer *= AssumedLong / silence;
        return AssumedDepartures * AssumedShadowsAStay * AssumedOnsetOfShadow[(int)onset] * longer;
    }

    private static TimeSpan LimitOf(int index) => Shortest * Math.Pow(2, index / 2.0);
}

/// <summary>Departures, and shadows that outlasted a silence; weighed and added up, so not whole.</summary>
internal readonly record struct SilenceTally(double Departures, double Shadows)
{
    public static SilenceTally operator +(SilenceTally a, SilenceTally b) => new(a.Departures + b.Departures, a.Shadows + b.Shadows);

    public static SilenceTally operator *(SilenceTally tally, double weight) => new(tally.Departures * weight, tally.Shadows * weight);
}

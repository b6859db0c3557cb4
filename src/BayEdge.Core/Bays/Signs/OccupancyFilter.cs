using System.Text.Json.Serialization;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Bays.Signs;

/// <summary>What the pictures of one zone say, taken together.</summary>
/// <remarks>
/// A hidden Markov model with four states: the bay is empty or occupied, the view good or worthless. Pictures of a good view lie
/// around <see cref="SureLogits"/> on either side, a few on the wrong one; a worthless view says anything. Where the change lies
/// is told by the cumulative sum of the evidence since it last spoke for the contrary (Page 1954).
/// </remarks>
internal sealed record OccupancyFilter(
    double EmptyGood, double EmptyBlind, double OccupiedGood, double OccupiedBlind, ObservedAt LastAt, Turn ToOccupied, Turn ToEmpty)
{
    private const double SureLogits = 2.7;
    private const double SpreadLogits = 1.5;
    private const double MostLogits = 4.5;
    private const double WrongShare = 0.02;
    private const double BlindShare = 0.03;
    private const double ChangesPerSecond = 0.7 / 3600;
    private const double BlindPerSecond = 1.0 / 14400;
    private const double SeeingPerSecond = 1.0 / 60;

    // A camera that has said nothing for this long says nothing of now.
    public static readonly TimeSpan Stale = TimeSpan.FromSeconds(60);

    public static OccupancyFilter Begin(ObservedAt at) => new(0.6 * (1 - BlindShare), 0.6 * BlindShare, 0.4 * (1 - BlindShare), 0.4 * BlindShare, at, Turn.None(at), Turn.None(at));

    /// <summary>In nats.</summary>
    public double LogOddsOfOccupied => Math.Log((OccupiedGood + OccupiedBlind) / (EmptyGood + EmptyBlind));

    /// <summary>As it stood before the newest instant.</summary>
    [JsonIgnore]
    private OccupancyFilter? Former { get; init; }

    /// <summary>What the pictures before an instant say, whatever those of it do; null when there was none.</summary>
    public OccupancyFilter? UpTo(ObservedAt at) => LastAt.Monotonic < at.Monotonic ? this : Former;

    /// <param name="occupied">What one picture says, 0 to 1.</param>
    /// <returns>The same when the picture is older than one already taken.</returns>
    public OccupancyFilter With(ObservedAt at, double occupied)
    {
        if (at.Monotonic < LastAt.Monotonic)
            return this;
        var logits = Math.Clamp(Math.Log(Math.Max(occupied, 1e-4) / Math.Max(1 - occupied, 1e-4)), -MostLogits, MostLogits);
        var (sure, contrary) = (Density(logits - SureLogits), Density(logits + SureLogits));
        var (ifOccupied, ifEmpty) = (((1 - WrongShare) * sure) + (WrongShare * contrary), ((1 - WrongShare) * contrary) + (WrongShare * sure));
        var chance = 1 / (1 + Math.Exp(-logits));
        var ifBlind = chance * (1 - chance);

        var passed = this.After((at - LastAt).TotalSeconds);
        var (emptyGood, emptyBlind) = (passed.EmptyGood * ifEmpty, passed.EmptyBlind * ifBlind);
        var (occupiedGood, occupiedBlind) = (passed.OccupiedGood * ifOccupied, passed.OccupiedBlind * ifBlind);
        var sum = emptyGood + emptyBlind + occupiedGood + occupiedBlind;
        var blind = (emptyBlind + occupiedBlind) / sum;
        var says = Math.Log(((1 - blind) * ifOccupied + (blind * ifBlind)) / (((1 - blind) * ifEmpty) + (blind * ifBlind)));
        return new OccupancyFilter(
            emptyGood / sum, emptyBlind / sum, occupiedGood / sum, occupiedBlind / sum, at, ToOccupied.With(at, says, LastAt), ToEmpty.With(at, -says, LastAt))
        {
            Former = LastAt.Monotonic < at.Monotonic ? this with { Former = null } : Former,
        };
    }

    /// <summary>What is left of it when nothing more was seen: things change unseen.</summary>
    private OccupancyFilter After(double seconds)
    {
        var change = 0.5 * (1 - Math.Exp(-2 * ChangesPerSecond * seconds));
        var settled = 1 - Math.Exp(-(BlindPerSecond + SeeingPerSecond) * seconds);
        const double BlindInTheLongRun = BlindPerSecond / (BlindPerSecond + SeeingPerSecond);
        var (goBlind, see) = (settled * BlindInTheLongRun, settled * (1 - BlindInTheLongRun));
        var (emptyGood, emptyBlind) = ((EmptyGood * (1 - goBlind)) + (EmptyBlind * see), (EmptyBlind * (1 - see)) + (EmptyGood * goBlind));
        var (occupiedGood, occupiedBlind) = ((OccupiedGood * (1 - goBlind)) + (OccupiedBlind * see), (OccupiedBlind * (1 - see)) + (OccupiedGood * goBlind));
        return this with
        {
            EmptyGood = (emptyGood * (1 - change)) + (occupiedGood * change),
            OccupiedGood = (occupiedGood * (1 - change)) + (emptyGood * change),
            EmptyBlind = (emptyBlind * (1 - change)) + (occupiedBlind * change),
            OccupiedBlind = (occupiedBlind * (1 - change)) + (emptyBlind * change),
        };
    }

    private static double Density(double fromMean) => Math.Exp(-fromMean * fromMean / (2 * SpreadLogits * SpreadLogits)) / (SpreadLogits * 2.5066);
}

/// <summary>A change that may be under way.</summary>
/// <param name="Sum">The evidence for it since <paramref name="Since"/>, in nats; 0 when there is none.</param>
/// <param name="Since">The first picture that spoke for it.</param>
/// <param name="Before">The last picture before that.</param>
internal readonly record struct Turn(double Sum, ObservedAt Since, ObservedAt Before)
{
    private const double Most = 30;

    public static Turn None(ObservedAt at) => new(0, at, at);

    public Turn With(ObservedAt at, double says, ObservedAt before)
    {
        var sum = Math.Min(Sum + says, Most);
        return sum <= 0 ? new Turn(0, at, at) : Sum == 0 ? new Turn(sum, at, before) : this with { Sum = sum };
    }
}

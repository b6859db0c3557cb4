using BayEdge.Contracts.Events;
using BayEdge.Core.Bays;

namespace BayEdge.Core.Commissioning.Rules;

/// <summary>A visit as a replay tells it in the end.</summary>
/// <param name="Left">Null while the vehicle is there.</param>
public sealed record ReplayedVisit(string Bay, string VisitId, Vehicle Vehicle, ToldInstant Entered, ToldInstant? Left)
{
    /// <summary>Whether <see cref="Left"/> is where the recording has a gap after which the vehicle is there no more: nobody was told when it left.</summary>
    public bool IsCutOff { get; init; }

    /// <summary>Whether anything was told of it since an instant.</summary>
    public bool IsToldSince(DateTimeOffset from) => IsCutOff ? Left!.At >= from : (Left ?? Entered).IsToldSince(from);
}

/// <param name="At">When it happened.</param>
/// <param name="ToldAt">When it was told; null where that was before the recording begins, or nobody was told.</param>
public sealed record ToldInstant(DateTimeOffset At, DateTimeOffset? ToldAt)
{
    public bool IsToldSince(DateTimeOffset from) => ToldAt >= from;

    internal static ToldInstant Of(Transition transition) => new(transition.At.Wall, transition.DecidedAt.Wall);
}

using System.Collections.Immutable;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Identity;

/// <summary>One text that was read, and how often.</summary>
/// <param name="Source">The camera that read it last.</param>
internal sealed record PlateVote(string Text, string Source, int Count, double BestConfidence, ObservedAt FirstAt, ObservedAt LastAt);

/// <summary>All that was read of one plate: every reading has a vote on each of its characters.</summary>
/// <param name="LongestPause">Between two readings.</param>
internal sealed record PlateVotes(ImmutableArray<PlateVote> Texts, TimeSpan LongestPause = default)
{
    // A plate that is read in more ways than this is not read at all.
    private const int MostTexts = 12;

    public static PlateVotes None { get; } = new([]);

    public bool IsEmpty => Texts.IsEmpty;

    public ObservedAt? FirstAt => Texts.IsEmpty ? null : Texts.MinBy(vote => vote.FirstAt.Monotonic)!.FirstAt;

    public ObservedAt? LastAt => Texts.IsEmpty ? null : Texts.MaxBy(vote => vote.LastAt.Monotonic)!.LastAt;

    public PlateVotes With(ObservedAt at, string source, string text, double confidence) => Plus(new PlateVote(text, source, 1, confidence, at, at));

    public PlateVotes Plus(PlateVotes later) => later.Texts.Aggregate(this, (votes, vote) => votes.Plus(vote));

    private PlateVotes Plus(PlateVote later)
    {
        var pause = LastAt is { } last && later.FirstAt - last > LongestPause ? later.FirstAt - last : LongestPause;
        for (var index = 0; index < Texts.Length; index++)
        {
            var vote = Texts[index];
            if (vote.Text == later.Text)
            {
                return new PlateVotes(Texts.SetItem(index, vote with
                {
                    Source = later.Source, Count = vote.Count + later.Count, BestConfidence = Math.Max(vote.BestConfidence, later.BestConfidence),
                    LastAt = ObservedAt.Later(vote.LastAt, later.LastAt),
                }), pause);
            }
        }

        var texts = Texts.Length < MostTexts ? Texts : Texts.Remove(Texts.MinBy(vote => (vote.Count, vote.LastAt.Monotonic))!);
        return new PlateVotes(texts.Add(later), pause);
    }

    /// <summary>Only what was read again after that instant.</summary>
    public PlateVotes Since(ObservedAt at) => Texts.All(vote => vote.LastAt.Monotonic >= at.Monotonic)
        ? this
        : new PlateVotes([.. Texts.Where(vote => vote.LastAt.Monotonic >= at.Monotonic)], LongestPause);

    /// <summary>How many of the texts that were read again after that instant may be readings of one and the same plate, at most.</summary>
    public int MostOfOnePlate(ObservedAt since)
    {
        var most = 0;
        foreach (var plate in Texts)
        {
            var readings = 0;
            foreach (var vote in Texts)
                readings += vote.LastAt.Monotonic >= since.Monotonic && SamePlate.MayBe(plate.Text, vote.Text) ? vote.Count : 0;
            most = Math.Max(most, readings);
        }

        return most;
    }

    /// <summary>What the votes come to; null when there are none.</summary>
    public PlateReading? Read() => Texts.IsEmpty ? null : PlateReading.Of(this);
}

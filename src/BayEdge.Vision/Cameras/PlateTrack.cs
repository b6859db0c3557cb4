using System.Collections.Immutable;

namespace BayEdge.Vision.Cameras;

/// <summary>The readings of one plate and what they agree on.</summary>
/// <remarks>
/// Readings of the strongest length vote; the others have lost or gained a character somewhere and would shift every vote
/// behind it.
/// </remarks>
internal sealed record PlateTrack
{
    private readonly double _lead;

    private PlateTrack(ImmutableArray<Ballot> ballots, TimeSpan last)
    {
        (Ballots, Last) = (ballots, last);
        (Voted, _lead) = Elect(ballots);
    }

    public static PlateTrack Empty { get; } = new([], TimeSpan.Zero);

    /// <summary>When the plate was last read, on the monotonic clock.</summary>
    public TimeSpan Last { get; }

    public VotedPlate Voted { get; }

    private ImmutableArray<Ballot> Ballots { get; }

    public bool IsSure(PlateVoteOptions options) => _lead >= options.SureLead;

    public PlateTrack With(Ballot ballot, TimeSpan now, int window)
    {
        var ballots = Ballots.Add(ballot);
        return new PlateTrack(ballots.Length > window ? ballots.RemoveAt(0) : ballots, now);
    }

    private static (VotedPlate Voted, double Lead) Elect(ImmutableArray<Ballot> ballots)
    {
        if (ballots.Length == 0)
            return (new VotedPlate("", 0), 0);

        var voters = ballots.GroupBy(ballot => ballot.Text.Length).MaxBy(group => group.Sum(ballot => ballot.Confidence))!.ToArray();
        var text = new char[voters[0].Text.Length];
        var (lead, support) = (double.MaxValue, double.MaxValue);
        for (var i = 0; i < text.Length; i++)
        {
            var position = i;
            var ranking = voters.GroupBy(ballot => ballot.Text[position])
                .Select(group => (Character: group.Key, Weight: group.Sum(ballot => ballot.Confidence)))
                .OrderByDescending(candidate => candidate.Weight)
                .ToArray();
            text[i] = ranking[0].Character;
            lead = Math.Min(lead, ranking[0].Weight - (ranking.Length > 1 ? ranking[1].Weight : 0));
            support = Math.Min(support, ranking[0].Weight / voters.Length);
        }

        // A lead in the characters is none when as many readings see another length.
        var shifted = ballots.GroupBy(ballot => ballot.Text.Length)
            .Where(group => group.Key != text.Length)
            .Sum(group => group.Sum(ballot => ballot.Confidence));
        return (new VotedPlate(new string(text), Math.Clamp(support, 0, 1)), lead - shifted);
    }
}

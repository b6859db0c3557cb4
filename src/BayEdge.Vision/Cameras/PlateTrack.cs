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

    private PlateTrack(ImmutableArray<Cast> casts)
    {
        Casts = casts;
        (Voted, _lead) = Elect([.. casts.Select(cast => cast.Ballot)]);
        Newcomers = CountNewcomers();
    }

    public static PlateTrack Empty { get; } = new([]);

    /// <summary>When the plate was last read, on the monotonic clock.</summary>
    public TimeSpan Last => Casts.IsEmpty ? TimeSpan.Zero : Casts[^1].At;

    public VotedPlate Voted { get; }

    /// <summary>How many of the newest readings say the same, which is neither the vote nor was read before.</summary>
    public int Newcomers { get; }

    private ImmutableArray<Cast> Casts { get; }

    /// <summary>Whether the lead suffices, and no second reading in a row speaks of another vehicle.</summary>
    public bool IsSure(PlateVoteOptions options) => _lead >= options.SureLead && Newcomers < 2;

    public PlateTrack With(Ballot ballot, TimeSpan now, int window)
    {
        var casts = Casts.Add(new Cast(ballot, now));
        return new PlateTrack(casts.Length > window ? casts.RemoveAt(0) : casts);
    }

    /// <summary>The track without its newcomers, and theirs.</summary>
    public (PlateTrack Former, PlateTrack Newcomer) Split() => (new PlateTrack(Casts[..^Newcomers]), new PlateTrack(Casts[^Newcomers..]));

    private int CountNewcomers()
    {
        if (Casts.IsEmpty || Casts[^1].Ballot.Text is var newest && newest == Voted.Text)
            return 0;
        var count = Casts.Reverse().TakeWhile(cast => cast.Ballot.Text == newest).Count();
        return Casts[..^count].Any(cast => cast.Ballot.Text == newest) ? 0 : count;
    }

    private static (VotedPlate Voted, double Lead) Elect(ImmutableArray<Ballot> ballots)
    {
        if (ballots.Length == 0)
            return (new VotedPlate("", 0), 0);

        var voters = ballots.GroupBy(ballot => ballot.Text.Length).MaxBy(group => group.Sum(ballot => ballot.Vote))!.ToArray();
        var all = voters.Sum(ballot => ballot.Weight);
        var text = new char[voters[0].Text.Length];
        var (lead, support) = (double.MaxValue, double.MaxValue);
        for (var i = 0; i < text.Length; i++)
        {
            var position = i;
            var ranking = voters.SelectMany(ballot => ballot.VotesAt(position)).GroupBy(vote => vote.Character)
                .Select(group => (Character: group.Key, Weight: group.Sum(vote => vote.Vote)))
                .OrderByDescending(candidate => candidate.Weight)
                .ToArray();
            text[i] = ranking[0].Character;
            lead = Math.Min(lead, ranking[0].Weight - (ranking.Length > 1 ? ranking[1].Weight : 0));
            support = Math.Min(support, ranking[0].Weight / all);
        }

        // A lead in the characters is none when as many readings see another length.
        var shifted = ballots.GroupBy(ballot => ballot.Text.Length)
            .Where(group => group.Key != text.Length)
            .Sum(group => group.Sum(ballot => ballot.Vote));
        return (new VotedPlate(new string(text), Math.Clamp(support, 0, 1)), lead - shifted);
    }

    private readonly record struct Cast(Ballot Ballot, TimeSpan At);
}

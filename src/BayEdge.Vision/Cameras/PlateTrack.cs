using System.Collections.Immutable;

namespace BayEdge.Vision.Cameras;

/// <summary>The readings of one plate and what they agree on.</summary>
/// <remarks>
/// Readings of the strongest length vote; the others have lost or gained a character somewhere and would shift every vote
/// behind it.
/// </remarks>
internal sealed record PlateTrack
{
    private readonly PlateVoteOptions _options;
    private readonly double _lead;

    private PlateTrack(PlateVoteOptions options, ImmutableArray<Cast> casts)
    {
        (_options, Casts) = (options, casts);
        (Voted, _lead) = Elect([.. casts.Select(cast => cast.Ballot)], options);
        Newcomers = CountNewcomers();
    }

    /// <summary>When the plate was last read, on the monotonic clock.</summary>
    public TimeSpan Last => Casts.IsEmpty ? TimeSpan.Zero : Casts[^1].At;

    public VotedPlate Voted { get; }

    /// <summary>How many of the newest readings say the same, which is neither the vote nor was read before.</summary>
    public int Newcomers { get; }

    private ImmutableArray<Cast> Casts { get; }

    /// <summary>Whether the lead suffices, and no second reading in a row speaks of another vehicle.</summary>
    public bool IsSure => _lead >= _options.SureLead && Newcomers < 2;

    public static PlateTrack EmptyOf(PlateVoteOptions options) => new(options, []);

    public PlateTrack With(Ballot ballot, TimeSpan now)
    {
        var casts = Casts.Add(new Cast(ballot, now));
        return new PlateTrack(_options, casts.Length > _options.Window ? casts.RemoveAt(0) : casts);
    }

    /// <summary>The track without its newcomers, and theirs.</summary>
    public (PlateTrack Former, PlateTrack Newcomer) Split() => (new PlateTrack(_options, Casts[..^Newcomers]), new PlateTrack(_options, Casts[^Newcomers..]));

    private int CountNewcomers()
    {
        if (Casts.IsEmpty || Casts[^1].Ballot.Text is var newest && newest == Voted.Text)
            return 0;
        var count = Casts.Reverse().TakeWhile(cast => cast.Ballot.Text == newest).Count();
        return Casts[..^count].Any(cast => cast.Ballot.Text == newest) ? 0 : count;
    }

    private static (VotedPlate Voted, double Lead) Elect(ImmutableArray<Ballot> ballots, PlateVoteOptions options)
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
        var agreement = AgreementOn(text, voters, options);
        return (new VotedPlate(new string(text), Math.Clamp(support * agreement * agreement, 0, 1)), lead - shifted);
    }

    /// <summary>The share of the readings from nearest by that say each character, where they agree least.</summary>
    /// <remarks>What is too blurred or too dark to be read is misread in several ways, from near by as well.</remarks>
    private static double AgreementOn(char[] text, Ballot[] voters, PlateVoteOptions options)
    {
        var near = options.NearShare * voters.Max(ballot => ballot.WidthPx);
        var texts = voters.Where(ballot => ballot.WidthPx >= near).Select(ballot => ballot.Text).ToList();
        var fewest = Enumerable.Range(0, text.Length).Min(place => texts.Count(read => read[place] == text[place]));
        return (double)fewest / Math.Max(options.NearReadings, texts.Count);
    }

    private readonly record struct Cast(Ballot Ballot, TimeSpan At);
}

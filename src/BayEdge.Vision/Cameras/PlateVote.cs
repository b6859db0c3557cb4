using System.Collections.Immutable;
using BayEdge.Core.Identity;
using BayEdge.Vision.Plates;

namespace BayEdge.Vision.Cameras;

/// <summary>How readings become a plate.</summary>
internal sealed record PlateVoteOptions
{
    /// <summary>
    /// By how much confidence every character must be ahead of its rivals. The default value is 2: three agreeing readings
    /// of 0.7 and more; a misreading among them asks for one more.
    /// </summary>
    public double SureLead { get; init; } = 2;

    /// <summary>
    /// After so many equal readings in a row that say something new, another vehicle of the same fleet has come. The default
    /// value is 5: a reader that misreads one character in ten does so by chance less than once in 200 hours of standing.
    /// </summary>
    public int NewVehicle { get; init; } = 5;

    /// <summary>How many of the newest readings of a plate vote. The default value is 15.</summary>
    public int Window { get; init; } = 15;

    /// <summary>
    /// How large, beside the largest of them, readings are from near enough that they must agree. The default value is 0.85: on 113 rendered visits
    /// (deploy/docs/plates.md) near readings of what is misread differ among each other, and those of what is read right do not.
    /// </summary>
    public double NearShare { get; init; } = 0.85;

    /// <summary>Fewer near readings than this may agree by chance, and count as if the missing ones did not. The default value is 5, likewise.</summary>
    public int NearReadings { get; init; } = 5;

    /// <summary>After this long without a reading a plate is forgotten. The default value is 10 seconds.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>One reading of one picture.</summary>
/// <param name="Confidence">0 to 1.</param>
internal readonly record struct Ballot(string Text, double Confidence)
{
    /// <summary>
    /// How much the reading counts, 0 to 1: what is far away is misread the same way again and again, and the vehicle comes nearer. The
    /// default value is 1.
    /// </summary>
    public double Weight { get; init; } = 1;

    /// <summary>How wide the number is in the picture, in pixels. The default value is 0: as wide as any other.</summary>
    public double WidthPx { get; init; }

    /// <summary>For each character what else it may be, which gets its share of the vote; none given, nothing.</summary>
    public ImmutableArray<CharacterDoubt> Doubts { get; init; } = [];

    public double Vote => Confidence * Weight;

    /// <summary>The votes on one place.</summary>
    public IEnumerable<(char Character, double Vote)> VotesAt(int place)
    {
        var doubt = Doubts.IsDefaultOrEmpty ? default : Doubts[place];
        yield return (Text[place], Vote * (1 - doubt.Probability));
        if (doubt.Probability > 0)
            yield return (doubt.Character, Vote * doubt.Probability);
    }
}

/// <summary>The plate that the readings agree on.</summary>
/// <param name="Confidence">
/// 0 to 1: the support of the weakest character, times the square of the share of the near readings that say it where they agree least.
/// </param>
internal readonly record struct VotedPlate(string Text, double Confidence);

/// <summary>Follows the plates of one zone from picture to picture and lets their readings vote character by character.</summary>
/// <remarks>
/// Immutable. Each plate has a track of its own, so that a vehicle that follows closely, or a second plate in the zone,
/// does not vote against the first. One that differs from it in a character or two lands on its track all the same, so readings that
/// agree with each other and not with the track take it over.
/// </remarks>
internal sealed record PlateVote(PlateVoteOptions Options)
{
    private ImmutableArray<PlateTrack> Tracks { get; init; } = [];

    /// <summary>
    /// Whether it is worth reading on: a plate on which doubtful readings agree is reported, as the workshop may expect it, but not rested upon.
    /// </summary>
    public VoteState StateAt(TimeSpan now)
    {
        var alive = Alive(now);
        return alive.Length == 0 ? VoteState.Nothing
            : alive.Any(track => track.IsSure && track.Voted.Confidence >= PlateConfidence.LeastToTell) ? VoteState.Sure
            : VoteState.Unsure;
    }

    /// <summary>Counts the readings of one picture, and returns the plates among them that are sure by now.</summary>
    /// <param name="ballots">At most one of each plate, best first.</param>
    /// <param name="now">When the picture was taken, on the monotonic clock.</param>
    public (PlateVote Next, ImmutableArray<VotedPlate> Sure) Count(IEnumerable<Ballot> ballots, TimeSpan now)
    {
        var tracks = Alive(now).ToBuilder();
        var taken = new HashSet<int>();
        foreach (var ballot in ballots)
        {
            var index = NearestOf(tracks, ballot.Text, taken);
            if (index < 0)
            {
                index = tracks.Count;
                tracks.Add(PlateTrack.EmptyOf(Options));
            }

            tracks[index] = tracks[index].With(ballot, now);
            taken.Add(index);
            if (tracks[index].Newcomers >= Options.NewVehicle)
            {
                var (former, newcomer) = tracks[index].Split();
                tracks[index] = newcomer;
                tracks.Add(former);
            }
        }

        var sure = taken.Where(index => tracks[index].IsSure).Select(index => tracks[index].Voted);
        return (this with { Tracks = tracks.ToImmutable() }, [.. sure]);
    }

    private ImmutableArray<PlateTrack> Alive(TimeSpan now) => Tracks.RemoveAll(track => now - track.Last > Options.Silence);

    private static int NearestOf(ImmutableArray<PlateTrack>.Builder tracks, string text, HashSet<int> taken)
    {
        var (nearest, least) = (-1, int.MaxValue);
        for (var i = 0; i < tracks.Count; i++)
        {
            var known = tracks[i].Voted.Text;
            var distance = EditDistance.Between(known, text);

            // Two readings of one plate differ in a third of their characters at most.
            if (!taken.Contains(i) && distance < least && distance * 3 <= Math.Max(known.Length, text.Length))
                (nearest, least) = (i, distance);
        }

        return nearest;
    }
}

internal enum VoteState
{
    Nothing,
    Unsure,
    Sure,
}

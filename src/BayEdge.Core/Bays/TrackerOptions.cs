using BayEdge.Core.Configuration;

namespace BayEdge.Core.Bays;

/// <summary>What a wrong decision costs, and what a late one.</summary>
/// <remarks>Odds are given as natural logarithms, nats: 2.3 is ten to one, 4.6 a hundred to one.</remarks>
public sealed record TrackerOptions
{
    // A camera that reads a plate now and then is given so long at least.
    private static readonly TimeSpan LeastLateSilence = TimeSpan.FromMinutes(2);

    public static TrackerOptions Default { get; } = new();

    /// <summary>The least odds at which a vehicle is told to have come. The default value is 3 nats.</summary>
    public double EnterNats { get; init; } = 3;

    /// <summary>The least odds at which a vehicle that was in one bay is told to be in another. The default value is 6 nats.</summary>
    public double MoveNats { get; init; } = 6;

    /// <summary>The least odds at which a vehicle is told to have gone. The default value is 5.3 nats.</summary>
    public double LeaveNats { get; init; } = 5.3;

    /// <summary>The least odds at which pictures alone are believed to show a vehicle come. The default value is 7 nats.</summary>
    public double PicturesEnterNats { get; init; } = 7;

    /// <summary>The least odds at which pictures alone are believed to show it gone. The default value is 7 nats.</summary>
    public double PicturesLeaveNats { get; init; } = 7;

    /// <summary>
    /// The silence of a tag after which, when nothing else speaks, a late word is worse than one that may have to be corrected: then
    /// <see cref="LateNats"/> are enough. The default value is 9.5 min.
    /// </summary>
    public TimeSpan LateSilence { get; init; } = TimeSpan.FromMinutes(9.5);

    /// <summary>The least odds of a departure after <see cref="LateSilence"/>. The default value is 1.5 nats.</summary>
    public double LateNats { get; init; } = 1.5;

    /// <summary>The longest silence of a tag that is waited for when nothing else speaks. The default value is 20 min.</summary>
    public TimeSpan LongestSilence { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>
    /// The shortest silence that may mean departure when nothing else speaks: a reader that has died is told to be down by then. The
    /// default value is 30 s.
    /// </summary>
    public TimeSpan ShortestSilence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Reads of one tag at the bay before it can be a vehicle. The default value is 3.</summary>
    public int EnterReads { get; init; } = 3;

    /// <summary>Between first and last of these reads: a vehicle that merely passes is shorter. The default value is 4 s.</summary>
    public TimeSpan EnterDwell { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Readings of one plate at the bay before it counts as a vehicle. The default value is 2.</summary>
    public int EnterPlateReadings { get; init; } = 2;

    /// <summary>A tag or plate that is silent for longer without a visit is forgotten. The default value is 45 s.</summary>
    public TimeSpan ForgetAfter { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>How long after a departure the same vehicle may turn out never to have left. The default value is 30 min.</summary>
    public TimeSpan ReopenWithin { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How much better one bay must hear a tag than another before it is there, in nats. The default value is 2.</summary>
    public double BayNats { get; init; } = 2;

    /// <summary>After this time less is enough: somewhere the vehicle must be. The default value is 1 min.</summary>
    public TimeSpan BayPatience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>As a person has set the rules; with the rules' defaults the same as <see cref="Default"/>.</summary>
    public static TrackerOptions Of(RulesConfiguration rules) => Default with
    {
        EnterDwell = TimeSpan.FromSeconds(rules.ShortestStaySeconds),
        EnterNats = rules.Arrivals switch { Caution.Prompt => 2, Caution.Careful => 5, _ => Default.EnterNats },
        PicturesEnterNats = rules.Arrivals switch { Caution.Prompt => 5.5, Caution.Careful => 8.5, _ => Default.PicturesEnterNats },
        PicturesLeaveNats = rules.Departures switch { Caution.Prompt => 5.5, Caution.Careful => 8.5, _ => Default.PicturesLeaveNats },
        LeaveNats = rules.Departures switch { Caution.Prompt => 4, Caution.Careful => 6.6, _ => Default.LeaveNats },
        LateNats = rules.Departures switch { Caution.Prompt => 0.5, Caution.Careful => 2.5, _ => Default.LateNats },
        ShortestSilence = TimeSpan.FromSeconds(rules.ShortestSilenceSeconds),
        LongestSilence = TimeSpan.FromMinutes(rules.LongestSilenceMinutes),
        LateSilence = Later(
            LeastLateSilence,
            TimeSpan.FromMinutes(rules.LongestSilenceMinutes)
                * (Default.LateSilence / Default.LongestSilence * rules.Departures switch { Caution.Prompt => 0.5, Caution.Careful => 1.5, _ => 1 })),
    };

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}

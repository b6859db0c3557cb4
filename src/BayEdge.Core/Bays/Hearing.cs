using System.Collections.Immutable;
using System.Text.Json.Serialization;
using BayEdge.Core.Bays.Signs;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Bays;

/// <summary>How one bay hears one tag, since it began to or since the tag came clearly nearer.</summary>
/// <param name="Bay">Of this device; a bay of another device is written <c>device/bay</c>.</param>
/// <param name="Source">The reader that read it last.</param>
/// <param name="NearAt">The newest read that was about as strong as ever.</param>
/// <param name="LookedAt">When it was last weighed whether the tag's vehicle stands here.</param>
/// <param name="Pause">The last time that it was not heard for a while; null when there was none.</param>
/// <param name="Reads">How many there were.</param>
/// <param name="FirstDbm">Of the first read.</param>
/// <param name="MeanDbm">Over the last minute or so; null when the reader does not tell.</param>
/// <param name="UsualDbm">As it has mostly been, also before <paramref name="FirstAt"/>; it sinks slowly, for shadows pass.</param>
/// <param name="UsualReads">Reads that went into it.</param>
/// <param name="RecentDbm">Over the last seconds.</param>
/// <param name="Rises">When it became louder than ever before, step by step: what it was like to come nearer.</param>
/// <param name="LoudSince">Since when the tag has been much louder than the mean; null when it is not.</param>
internal sealed record Hearing(
    string Bay,
    string Source,
    ObservedAt FirstAt,
    ObservedAt LastAt,
    ObservedAt NearAt,
    ObservedAt LookedAt,
    Pause? Pause,
    long Reads,
    double? FirstDbm,
    double? MeanDbm,
    double? UsualDbm,
    long UsualReads,
    double? RecentDbm,
    double? StrongestDbm,
    ImmutableArray<Rise> Rises,
    ObservedAt? LoudSince)
{
    /// <summary>Assumed: more weakly hardly any tag is read.</summary>
    public const double BarelyHeardDbm = -74;

    /// <summary>How late a change of strength shows in <see cref="RecentDbm"/>, at most.</summary>
    public static readonly TimeSpan SmoothedOver = TimeSpan.FromSeconds(5);

    // How it sounds when it falls silent, below the mean.
    private const double SinkingDb = 3;
    private const double FallingDb = 6;

    // From here on it has come nearer, and the steps in which it did are remembered.
    private const double LouderDb = 7;
    private const double StepDb = 2;
    private const int MostSteps = 8;

    // What a vehicle on the bay's line is heard more weakly than where it parks.
    private const double LineLossDb = 12;
    private const double FarBelowUsualDb = 9;
    private const long SettledReads = 1000;
    private const double LookShare = 0.1;

    // Assumed: how long a vehicle rolls over the line while its tag is heard better and better. Reads come at random, so one time in
    // fifty none comes for four of their mean intervals.
    private static readonly TimeSpan DrivesIn = TimeSpan.FromSeconds(3);
    private const double IntervalsUnheard = 4;

    private static readonly TimeSpan RecentOver = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan MeanOver = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan UsualRises = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan UsualSinks = TimeSpan.FromHours(1);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RiseLasts = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan ComesWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MostBetweenLooks = TimeSpan.FromSeconds(5);

    /// <summary>Whether the bay is another device's.</summary>
    [JsonIgnore]
    public bool IsElsewhere { get; } = Bay.Contains('/');

    /// <summary>Since when it has been heard, before it came nearer too; null when it has not come nearer.</summary>
    public ObservedAt? FartherSince { get; init; }

    public TimeSpan Length => LastAt - FirstAt;

    /// <summary>How long before its first read, or after its last, it may have been here: hardly ever longer.</summary>
    public TimeSpan Unheard => DrivesIn + ((Reads > 1 ? Length / (Reads - 1) : DrivesIn) * IntervalsUnheard);

    public static Hearing Begin(string bay, string source, ObservedAt at, double? rssiDbm, int count) =>
        new(bay, source, at, at, at, at, null, count, rssiDbm, rssiDbm, rssiDbm, 1, rssiDbm, rssiDbm, rssiDbm is { } level ? [new Rise(at, level)] : [], null);

    /// <summary>Of a tag whose vehicle stands in another bay: up to now it was hardly heard here.</summary>
    public static Hearing BeginBeside(string bay, string source, ObservedAt at, double? rssiDbm, int count) =>
        Begin(bay, source, at, rssiDbm, count) with { UsualDbm = rssiDbm is null ? null : BarelyHeardDbm, UsualReads = SettledReads };

    public Hearing With(string source, ObservedAt at, double? rssiDbm, int count)
    {
        var last = ObservedAt.Later(LastAt, at);
        var pause = at - LastAt >= ShortestPause ? new Pause(LastAt, at) : Pause;
        if (rssiDbm is not { } level || MeanDbm is not { } mean || RecentDbm is not { } before)
        {
            return this with
            {
                Source = source, LastAt = last, NearAt = last, Pause = pause, Reads = Reads + count,
                MeanDbm = MeanDbm ?? rssiDbm, UsualDbm = UsualDbm ?? rssiDbm, RecentDbm = RecentDbm ?? rssiDbm, StrongestDbm = StrongestDbm ?? rssiDbm,
            };
        }

        var passed = at - LastAt;
        var recent = before + (Share(passed, RecentOver, 0.3) * (level - before));
        mean += Math.Max(Share(passed, MeanOver, 0), 1.0 / (Reads + 1)) * (level - mean);
        var usual = UsualDbm ?? mean;
        usual += Math.Max(Share(passed, recent > usual ? UsualRises : UsualSinks, 0), 1.0 / (UsualReads + 1)) * (recent - usual);
        var rises = Rises.IsEmpty || recent >= Rises[^1].Dbm + StepDb ? Climb(Rises, new Rise(at, recent)) : Rises;
        ObservedAt? loud = recent - mean < LouderDb ? null : LoudSince ?? at;
        return loud is { } since && at - since >= RiseLasts
            ? Nearer(source, last, count, recent, level, rises)
            : new Hearing(
                Bay, source, FirstAt, last, recent >= usual - FarBelowUsualDb ? last : NearAt, LookedAt, pause, Reads + count, FirstDbm, mean, usual, UsualReads + count, recent,
                Math.Max(StrongestDbm ?? level, level), rises, loud) { FartherSince = FartherSince };
    }

    /// <summary>Heard again after it was silent for long, by a bay that is not its own.</summary>
    public Hearing Again(string source, ObservedAt at, double? rssiDbm, int count) => Begin(Bay, source, at, rssiDbm, count) with { UsualDbm = UsualDbm, UsualReads = UsualReads };

    /// <summary>When the tag came so near as it is now, less what it is heard more weakly on the way in.</summary>
    public ObservedAt CameAt() => CameAt(Rises, MeanDbm ?? 0);

    // From then on it stands somewhere else.
    private Hearing Nearer(string source, ObservedAt last, int count, double recent, double level, ImmutableArray<Rise> rises)
    {
        ImmutableArray<Rise> near = [.. rises.Where(rise => LoudSince - rise.At <= ComesWithin)];
        var came = near.IsEmpty ? LoudSince ?? last : CameAt(near, recent);
        return new Hearing(
            Bay, source, came, last, last, came, Pause, count + 1, FirstDbm, recent, UsualDbm, UsualReads, recent, level,
            [.. rises.Where(rise => rise.At.Monotonic >= came.Monotonic)], null) { FartherSince = FartherSince ?? FirstAt };
    }

    private ObservedAt CameAt(ImmutableArray<Rise> rises, double dbm)
    {
        foreach (var rise in rises)
        {
            if (rise.Dbm >= dbm - LineLossDb)
                return rise.At;
        }

        return FirstAt;
    }

    private static ImmutableArray<Rise> Climb(ImmutableArray<Rise> rises, Rise next) =>
        rises.Length < MostSteps ? rises.Add(next) : rises.RemoveAt(0).Add(next);

    /// <summary>Whether it is time to weigh again whether the tag's vehicle stands here: often at first, then less and less.</summary>
    public bool IsDue(ObservedAt now) => now - LookedAt >= (Length * LookShare < MostBetweenLooks ? Length * LookShare : MostBetweenLooks);

    /// <summary>How it sounds now, should it be silent from now on.</summary>
    public Onset Onset() => (MeanDbm - RecentDbm) switch
    {
        >= FallingDb => Signs.Onset.Falling,
        >= SinkingDb => Signs.Onset.Sinking,
        _ => Signs.Onset.Sudden,
    };

    // Reports come one a read or one a second: the weight of one depends on the time since the last.
    private static double Share(TimeSpan passed, TimeSpan over, double least) =>
        Math.Max(least, 1 - Math.Exp(-Math.Max(0, passed / over)));
}

/// <summary>A while in which a tag was not heard.</summary>
internal sealed record Pause(ObservedAt From, ObservedAt To);

/// <summary>The first time that a tag was heard so loudly.</summary>
internal readonly record struct Rise(ObservedAt At, double Dbm);

/// <summary>Where one tag is heard.</summary>
/// <param name="Places">One for each bay that has heard it lately, in the order in which they began.</param>
/// <param name="VisitIn">The bay with the visit that it belongs to; null when there is none.</param>
/// <param name="LeftBehindIn">The bay in which it lies although its vehicle has gone.</param>
internal sealed record HeardTag(ImmutableArray<Hearing> Places, string? VisitIn, string? LeftBehindIn)
{
    // More neighbours than these hear no tag at once.
    private const int MostElsewhere = 8;

    public static HeardTag Unheard { get; } = new([], null, null);

    /// <summary>The bay of another device, <c>device/bay</c>, that was said to have its vehicle in a visit; null for none.</summary>
    public HeldElsewhere? HeldBy { get; init; }

    public Hearing? In(string bay)
    {
        var index = IndexOf(bay);
        return index < 0 ? null : Places[index];
    }

    public HeardTag With(Hearing hearing)
    {
        var index = IndexOf(hearing.Bay);
        return this with { Places = index < 0 ? WithRoomFor(hearing).Add(hearing) : Places.SetItem(index, hearing) };
    }

    /// <summary>Without the bays of other devices that have not heard it since.</summary>
    public HeardTag WithoutElsewhereBefore(ObservedAt at) => Places.Any(place => place.IsElsewhere && place.LastAt.Monotonic < at.Monotonic)
        ? this with { Places = Places.RemoveAll(place => place.IsElsewhere && place.LastAt.Monotonic < at.Monotonic) }
        : this;

    // Whoever invents bays takes no memory; the one that has been silent for longest makes room.
    private ImmutableArray<Hearing> WithRoomFor(Hearing hearing) =>
        hearing.IsElsewhere && Places.Count(place => place.IsElsewhere) >= MostElsewhere
            ? Places.Remove(Places.Where(place => place.IsElsewhere).MinBy(place => (place.LastAt.Monotonic, place.Bay))!)
            : Places;

    // Almost always it is the layout's own string, which is found without reading it.
    private int IndexOf(string bay)
    {
        for (var index = 0; index < Places.Length; index++)
        {
            if (ReferenceEquals(Places[index].Bay, bay))
                return index;
        }

        for (var index = 0; index < Places.Length; index++)
        {
            if (Places[index].Bay == bay)
                return index;
        }

        return -1;
    }
}

/// <param name="Bay">As <c>device/bay</c>.</param>
/// <param name="ToldAt">When its device last said so.</param>
internal sealed record HeldElsewhere(string Bay, ObservedAt ToldAt);

using System.Collections.Immutable;
using BayEdge.Contracts.Events;

namespace BayEdge.Core.Timing;

/// <summary>What is known of the device's calendar clock, in this start of the computer and those before; a value.</summary>
/// <remarks>
/// A computer without a battery clock starts with a plausible but old time, so the clock is judged by whether a time server has
/// spoken in this boot, never by what it shows. From the server's word on, the monotonic clock carries the time: a calendar clock
/// that is set by hand afterwards dates nothing.
/// </remarks>
public sealed record ClockLedger
{
    /// <summary>A jump beyond this is a step; a time server pulls the clock by at most half a millisecond a second (adjtimex(2)).</summary>
    public static readonly TimeSpan LeastStep = TimeSpan.FromMilliseconds(250);

    // The kernel's own assumption for a clock that nobody corrects: MAXFREQ, 500 ppm (adjtimex(2)).
    private const double DriftMsPerSecond = 0.5;
    private const int MostPastBoots = 64;

    // No device had this software before.
    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public required string BootId { get; init; }

    /// <summary>Null while no time server has spoken in this boot.</summary>
    public ClockAnchor? Anchor { get; init; }

    public bool IsSynchronised { get; init; }

    /// <summary>The newest moment that a time server vouched for, in any boot.</summary>
    public DateTimeOffset? LastSynchronised { get; init; }

    /// <summary>The newest first.</summary>
    public ImmutableArray<PastBoot> PastBoots { get; init; } = [];

    /// <summary>The calendar time at which the monotonic clock stood at zero, as last observed; null before the first observation.</summary>
    public DateTimeOffset? Zero { get; init; }

    /// <summary>Whether times of this boot can be told for certain.</summary>
    public bool IsTrusted => Anchor is not null;

    public static ClockLedger Start(string bootId) => new() { BootId = bootId };

    /// <summary>Goes on from what was saved, by this start of the computer or an earlier one.</summary>
    public static ClockLedger Resume(string bootId, ClockLedger saved)
    {
        // Whether the clock was set while nobody looked is told by the anchor alone.
        if (saved.BootId == bootId)
            return saved with { IsSynchronised = false, Zero = null };

        var past = new PastBoot(saved.BootId, saved.Anchor?.Zero, saved.LastSynchronised ?? Beginning, null);
        return new ClockLedger
        {
            BootId = bootId,
            LastSynchronised = saved.LastSynchronised,
            PastBoots = [past, .. saved.PastBoots.Take(MostPastBoots - 1)],
        };
    }

    /// <summary>Takes both clocks, read at once, and what the kernel says of its own.</summary>
    public (ClockLedger Ledger, ClockNews News) Observe(ObservedAt now, ClockReading reading)
    {
        var zero = now.Wall - now.Monotonic;
        var jump = zero - (Zero ?? zero);
        var seen = this with { Zero = zero, IsSynchronised = reading.IsSynchronised };
        var news = new ClockNews(jump.Duration() > LeastStep ? jump : null, reading.IsSynchronised && !IsTrusted);
        return (reading.IsSynchronised ? seen.Anchored(now, zero, reading.MaxErrorMs) : seen, news);
    }

    /// <summary>How far the clock can be trusted at a moment of this boot, not before the last observation.</summary>
    public ClockInfo InfoAt(TimeSpan monotonic) => Anchor is not { } anchor
        ? new ClockInfo(ClockState.Unsynced, null, BootId)
        : IsSynchronised
            ? new ClockInfo(ClockState.Synced, anchor.MaxErrorMs, BootId)
            : new ClockInfo(ClockState.Holdover, anchor.MaxErrorMs + Math.Round(DriftMsPerSecond * (monotonic - anchor.At).TotalSeconds, 3), BootId);

    /// <summary>An instant with the calendar time that is known best: that of the server, where the clock showed another.</summary>
    /// <remarks>An instant of an earlier boot whose clock was never set is moved into its bounds, as soon as they are known.</remarks>
    public ObservedAt Date(ObservedAt at)
    {
        if (at.BootsAgo > 0)
            return BoundsOf(at.BootsAgo) is { } bounds ? at with { Wall = bounds.Clamp(at.Wall) } : at;
        return Anchor is { } anchor && (anchor.Zero + at.Monotonic - at.Wall).Duration() > LeastStep ? at with { Wall = anchor.Zero + at.Monotonic } : at;
    }

    /// <summary>Between which times an earlier boot lay; null when its own clock tells better, or when nothing is known yet.</summary>
    /// <param name="bootsAgo">1 for the boot before this one.</param>
    public TimeBounds? BoundsOf(int bootsAgo)
    {
        var boot = bootsAgo <= PastBoots.Length ? PastBoots[bootsAgo - 1] : new PastBoot("", null, Beginning, Anchor?.Zero);
        return boot.Zero is null && boot.NotAfter is { } latest ? new TimeBounds(Earlier(boot.NotBefore, latest), latest) : null;
    }

    /// <summary>How many boots ago a boot was: 0 for the present one, more than are remembered for one that is forgotten.</summary>
    public int BootsSince(string bootId)
    {
        var boots = 0;
        if (bootId == BootId)
            return boots;
        do
            boots++;
        while (boots <= PastBoots.Length && PastBoots[boots - 1].BootId != bootId);
        return boots;
    }

    /// <summary>The calendar time at which a boot began, by a time server; null when none spoke in it.</summary>
    /// <param name="bootsAgo">0 for the present boot.</param>
    public DateTimeOffset? ZeroOf(int bootsAgo) =>
        bootsAgo == 0 ? Anchor?.Zero : bootsAgo <= PastBoots.Length ? PastBoots[bootsAgo - 1].Zero : null;

    private ClockLedger Anchored(ObservedAt now, DateTimeOffset zero, double? maxErrorMs) => this with
    {
        Anchor = new ClockAnchor(now.Monotonic, zero, maxErrorMs),
        LastSynchronised = now.Wall,
        // Whatever happened in a boot before this one happened before this one began.
        PastBoots = IsTrusted ? PastBoots : [.. PastBoots.Select(boot => boot.NotAfter is null ? boot with { NotAfter = zero } : boot)],
    };

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}

/// <summary>All that is known of a time: it lies between these two.</summary>
public readonly record struct TimeBounds(DateTimeOffset Earliest, DateTimeOffset Latest)
{
    public DateTimeOffset Clamp(DateTimeOffset time) => time < Earliest ? Earliest : time > Latest ? Latest : time;
}

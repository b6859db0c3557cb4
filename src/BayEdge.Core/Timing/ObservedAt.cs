using System.Text.Json.Serialization;

namespace BayEdge.Core.Timing;

/// <summary>An instant as the device saw it, on both of its clocks.</summary>
/// <param name="Wall">The calendar time; it may have been wrong and be corrected later.</param>
/// <param name="Monotonic">Time since the computer started; comparable only within one boot, never steps.</param>
public readonly record struct ObservedAt(DateTimeOffset Wall, TimeSpan Monotonic)
{
    // The two clocks are read one after the other; a computer under load may lie between.
    private static readonly TimeSpan ReadingJitter = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// How many starts of the computer lie between the instant and now. Where it is not 0, <see cref="Monotonic"/> is a
    /// guess on the present boot's clock, good for the order of instants; between two of the same boot it stays exact.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int BootsAgo { get; init; }

    /// <summary>Time from <paramref name="earlier"/> to <paramref name="later"/>, by the monotonic clock.</summary>
    public static TimeSpan operator -(ObservedAt later, ObservedAt earlier) => later.Monotonic - earlier.Monotonic;

    /// <summary>Time since an earlier instant, by the monotonic clock; null when the computer was started in between.</summary>
    public TimeSpan? SinceInOneBoot(ObservedAt earlier) => BootsAgo == earlier.BootsAgo ? this - earlier : null;

    public static ObservedAt operator +(ObservedAt at, TimeSpan span) => at with { Wall = at.Wall + span, Monotonic = at.Monotonic + span };

    public static ObservedAt operator -(ObservedAt at, TimeSpan span) => at with { Wall = at.Wall - span, Monotonic = at.Monotonic - span };

    public static ObservedAt Earlier(ObservedAt a, ObservedAt b) => a.Monotonic <= b.Monotonic ? a : b;

    public static ObservedAt Later(ObservedAt a, ObservedAt b) => a.Monotonic >= b.Monotonic ? a : b;

    /// <summary>The same instant to the whole millisecond on both clocks, which is as exactly as the product tells times.</summary>
    /// <remarks>Both are moved by the same fraction, so that what the wall clock is ahead of the monotonic one stays as steady as it was.</remarks>
    public ObservedAt ToMilliseconds()
    {
        var floor = this - TimeSpan.FromTicks(Monotonic.Ticks % TimeSpan.TicksPerMillisecond);
        return floor with { Wall = floor.Wall.AddTicks(NearestMillisecond(floor.Wall.Ticks) - floor.Wall.Ticks) };
    }

    /// <summary>The same instant by the wall clock as it was at another, in case the clock was set between the two.</summary>
    /// <remarks>An instant of another boot keeps its calendar time: nothing better is known of it.</remarks>
    public ObservedAt OnClockOf(ObservedAt other)
    {
        var wall = other.Wall - (other - this);
        return BootsAgo != other.BootsAgo || (wall - Wall).Duration() <= ReadingJitter ? this : this with { Wall = wall };
    }

    private static long NearestMillisecond(long ticks) =>
        (ticks + (TimeSpan.TicksPerMillisecond / 2)) / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond;
}

namespace BayEdge.Core.Timing;

/// <summary>An instant as the device saw it, on both of its clocks.</summary>
/// <param name="Wall">The calendar time; it may have been wrong and be corrected later.</param>
/// <param name="Monotonic">Time since the computer started; comparable only within one boot, never steps.</param>
public readonly record struct ObservedAt(DateTimeOffset Wall, TimeSpan Monotonic)
{
    /// <summary>Time from <paramref name="earlier"/> to <paramref name="later"/>, by the monotonic clock.</summary>
    public static TimeSpan operator -(ObservedAt later, ObservedAt earlier) => later.Monotonic - earlier.Monotonic;

    public static ObservedAt operator +(ObservedAt at, TimeSpan span) => new(at.Wall + span, at.Monotonic + span);

    public static ObservedAt operator -(ObservedAt at, TimeSpan span) => new(at.Wall - span, at.Monotonic - span);

    public static ObservedAt Earlier(ObservedAt a, ObservedAt b) => a.Monotonic <= b.Monotonic ? a : b;

    public static ObservedAt Later(ObservedAt a, ObservedAt b) => a.Monotonic >= b.Monotonic ? a : b;
}

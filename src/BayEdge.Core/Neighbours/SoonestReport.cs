using BayEdge.Core.Timing;

namespace BayEdge.Core.Neighbours;

/// <summary>The least distance between a sender's seconds and this device's clock: that of a report that nothing held up.</summary>
/// <remarks>
/// Only the present window and the one before it count, so that two clocks that run differently, or another way through the
/// network, are followed.
/// </remarks>
/// <param name="WindowBegan">When the present window began.</param>
/// <param name="InWindow">The least distance in it so far.</param>
/// <param name="InWindowBefore">The least distance in the window before.</param>
internal sealed record SoonestReport(ObservedAt WindowBegan, TimeSpan InWindow, TimeSpan InWindowBefore)
{
    // Two crystals differ by less than a thousandth, so by less than 0.12 s in two windows. A connection that stands still is
    // given up long before a window is over.
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public TimeSpan Distance => InWindow < InWindowBefore ? InWindow : InWindowBefore;

    public static SoonestReport First(TimeSpan distance, ObservedAt now) => new(now, distance, distance);

    public SoonestReport With(TimeSpan distance, ObservedAt now) => now - WindowBegan >= Window
        ? new SoonestReport(now, distance, InWindow)
        : this with { InWindow = distance < InWindow ? distance : InWindow };
}

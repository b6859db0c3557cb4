namespace BayEdge.Service.Hosting;

/// <summary>The epoch of a data folder without a past: a new device, or a replaced card.</summary>
/// <remarks>
/// Were it always the same, the central system would take the events of a device with a new card for repetitions of those of
/// the old one. The day puts it behind epochs before; the rest is chance, since a card without history may come with a clock that
/// has forgotten, too, and always starts at the same time.
/// </remarks>
internal static class FirstEpoch
{
    private const int ChanceBits = 16;
    private const int MostDays = (1 << (31 - ChanceBits)) - 1;

    // No device is older.
    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="random">Below its argument, evenly.</param>
    public static int Choose(TimeProvider time, Func<int, int> random)
    {
        var days = (int)Math.Clamp((time.GetUtcNow() - Beginning).TotalDays, 0, MostDays);
        return Math.Max(1, (days << ChanceBits) | random(1 << ChanceBits));
    }
}

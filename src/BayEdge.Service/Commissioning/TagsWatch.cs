using BayEdge.Core.Timing;

namespace BayEdge.Service.Commissioning;

/// <summary>Whether an installer tries the readers at the moment: whoever does says so again and again, for a phone may be gone without a word.</summary>
/// <param name="time">Of the people who look, however fast the bays live.</param>
internal sealed class TagsWatch(TimeProvider time)
{
    private static readonly TimeSpan Interest = TimeSpan.FromSeconds(5);

    private long _untilTicks = long.MinValue;

    public bool IsWatched => time.Observe().Monotonic.Ticks < Volatile.Read(ref _untilTicks);

    public void Ask() => Volatile.Write(ref _untilTicks, (time.Observe().Monotonic + Interest).Ticks);
}

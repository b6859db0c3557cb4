using BayEdge.Core.Timing;

namespace BayEdge.Core.Recording;

/// <summary>How the times of a segment's lines relate to the clocks of the device.</summary>
internal static class SegmentTimes
{
    /// <summary>The instant that the lines' times are counted from, by the wall clock of the segment's beginning.</summary>
    public static ObservedAt OriginOf(SegmentStart start)
    {
        var now = start.State.Now;
        return now with { Wall = WholeMillisecondFrom(now.Wall.ToUniversalTime()) };
    }

    /// <summary>The first time at or after another that a line can show.</summary>
    public static DateTimeOffset WholeMillisecondFrom(DateTimeOffset time)
    {
        var beyond = time.Ticks % TimeSpan.TicksPerMillisecond;
        return beyond == 0 ? time : time.AddTicks(TimeSpan.TicksPerMillisecond - beyond);
    }
}

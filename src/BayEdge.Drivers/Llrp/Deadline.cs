namespace BayEdge.Drivers.Llrp;

/// <summary>The end of a wait, on the monotonic clock; it stays where it is however often the wait is taken up again.</summary>
internal readonly struct Deadline(TimeSpan limit, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>Zero once it has passed.</summary>
    public TimeSpan Left => limit - time.GetElapsedTime(_start) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    public bool Passed => Left == TimeSpan.Zero;
}

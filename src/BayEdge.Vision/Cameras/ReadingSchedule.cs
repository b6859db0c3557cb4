namespace BayEdge.Vision.Cameras;

/// <summary>How often a zone is read. Reading costs a hundred times what looking for motion does.</summary>
internal sealed record ReadingScheduleOptions
{
    /// <summary>How long after the last motion a zone still counts as moving. The default value is 5 seconds.</summary>
    public TimeSpan MotionHold { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long every picture is read once something moves and no plate is sure. The default value is 10 seconds.</summary>
    public TimeSpan FullEffort { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Between readings while something moves after that, or moves before a sure plate. The default value is 1 second.</summary>
    public TimeSpan Moving { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// After so much effort on a plate that stands still and does not become sure, it is dirty or hidden, and gets
    /// <see cref="Weary"/>. The default value is 1 minute.
    /// </summary>
    public TimeSpan Hopeful { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Between readings of a standing plate that does not become sure. The default value is 5 seconds.</summary>
    public TimeSpan Weary { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Between readings of a sure plate that stands still. The default value is 3 seconds.</summary>
    public TimeSpan Standing { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Between readings while nothing moves and no plate is known. The default value is 30 seconds: what was there at the start, or has
    /// come, was read then.
    /// </summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>
/// Decides which pictures of a zone are worth reading: all of them while a vehicle arrives and until its plate is sure,
/// then every few seconds, so that a standing vehicle stays seen.
/// </summary>
/// <remarks>Pure but for its memory; times are on the monotonic clock and never go back.</remarks>
internal sealed class ReadingSchedule(ReadingScheduleOptions options)
{
    // Pictures come at intervals of their own; one that is early by this much is not left for the next.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(100);

    private TimeSpan? _lastMotion;
    private TimeSpan? _lastReading;
    private TimeSpan? _effortSince;

    /// <summary>Whether the picture taken at <paramref name="now"/> is to be read; if so it counts as read.</summary>
    public bool TakeTurn(TimeSpan now, bool motion, VoteState vote)
    {
        if (motion)
            _lastMotion = now;

        var moving = now - _lastMotion <= options.MotionHold;
        if (!moving && vote != VoteState.Unsure)
            _effortSince = null;
        else if (vote != VoteState.Sure)
            _effortSince ??= now;

        if (_lastReading is { } last && now - last < Interval(now, moving, vote) - Tolerance)
            return false;
        _lastReading = now;
        return true;
    }

    private TimeSpan Interval(TimeSpan now, bool moving, VoteState vote) => vote switch
    {
        VoteState.Sure => moving ? options.Moving : options.Standing,
        VoteState.Nothing when !moving => options.Idle,
        _ when now - _effortSince <= options.FullEffort => TimeSpan.Zero,
        _ => moving || now - _effortSince <= options.Hopeful ? options.Moving : options.Weary,
    };
}

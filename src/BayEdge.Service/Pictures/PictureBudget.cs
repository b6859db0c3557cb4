namespace BayEdge.Service.Pictures;

/// <summary>Bounds how many pictures are written, whatever happens at the bays: a card takes only so many writes.</summary>
/// <remarks>At 100 kB a picture no more than 300 MB a day.</remarks>
internal sealed class PictureBudget
{
    private const double MostAtOnce = 60;
    private const double EachMinute = 2;

    private double _left = MostAtOnce;
    private TimeSpan? _last;

    /// <param name="now">On the monotonic clock.</param>
    public bool TakeOne(TimeSpan now)
    {
        if (_last is { } last)
            _left = Math.Min(MostAtOnce, _left + ((now - last).TotalMinutes * EachMinute));
        _last = now;
        if (_left < 1)
            return false;
        _left--;
        return true;
    }
}

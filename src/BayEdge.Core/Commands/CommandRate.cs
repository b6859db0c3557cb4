namespace BayEdge.Core.Commands;

public enum RateVerdict
{
    Admit,

    /// <summary>Too many, and to be said so.</summary>
    Refuse,

    /// <summary>Too many, and said so just now.</summary>
    Ignore,
}

/// <summary>Bounds how many commands a device takes: some at once, then one after the other.</summary>
public sealed class CommandRate
{
    private const double MostAtOnce = 20;
    private const double EachSecond = 0.5;
    private static readonly TimeSpan BetweenRefusals = TimeSpan.FromSeconds(10);

    private double _tokens = MostAtOnce;
    private TimeSpan? _last;
    private TimeSpan? _lastRefusal;

    /// <param name="now">On the monotonic clock.</param>
    public RateVerdict Take(TimeSpan now)
    {
        if (_last is { } last)
            _tokens = Math.Min(MostAtOnce, _tokens + ((now - last).TotalSeconds * EachSecond));
        _last = now;
        if (_tokens >= 1)
        {
            _tokens--;
            return RateVerdict.Admit;
        }

        if (now - _lastRefusal < BetweenRefusals)
            return RateVerdict.Ignore;
        _lastRefusal = now;
        return RateVerdict.Refuse;
    }
}

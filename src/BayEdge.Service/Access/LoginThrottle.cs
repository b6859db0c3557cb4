namespace BayEdge.Service.Access;

/// <summary>
/// Makes guessing slow without locking anybody out: after some wrong tries each further one costs a wait that doubles, for the
/// address it comes from and, shorter, for the account. An address that was let in before does not wait for what others do.
/// </summary>
internal sealed class LoginThrottle(TimeProvider time)
{
    private const int FreeTries = 3;
    private const int MostRemembered = 1000;
    private static readonly TimeSpan LongestOfAddress = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestOfAccount = TimeSpan.FromSeconds(5);

    // A wrong try an hour ago says nothing of one now.
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (int Wrong, DateTimeOffset Last)> _tries = new(StringComparer.Ordinal);
    private readonly HashSet<(string Account, string Address)> _known = [];

    /// <summary>How long a try has to wait; zero when it is taken now.</summary>
    public TimeSpan WaitOf(string account, string address)
    {
        lock (_lock)
        {
            var ofAddress = WaitOf($"from {address}", LongestOfAddress);
            var ofAccount = _known.Contains((account, address)) ? TimeSpan.Zero : WaitOf($"to {account}", LongestOfAccount);
            return ofAddress > ofAccount ? ofAddress : ofAccount;
        }
    }

    public void Failed(string account, string address)
    {
        lock (_lock)
        {
            if (_tries.Count > MostRemembered)
                ForgetOldest();
            foreach (var key in new[] { $"from {address}", $"to {account}" })
                _tries[key] = (Wrong(key) + 1, time.GetUtcNow());
        }
    }

    public void Succeeded(string account, string address)
    {
        lock (_lock)
        {
            _tries.Remove($"from {address}");
            if (_known.Count < MostRemembered)
                _known.Add((account, address));
        }
    }

    private TimeSpan WaitOf(string key, TimeSpan longest)
    {
        if (Wrong(key) is var wrong && wrong < FreeTries)
            return TimeSpan.Zero;
        var wait = TimeSpan.FromSeconds(Math.Min(longest.TotalSeconds, Math.Pow(2, wrong - FreeTries)));
        var left = _tries[key].Last + wait - time.GetUtcNow();
        return left > TimeSpan.Zero ? (left < longest ? left : longest) : TimeSpan.Zero;
    }

    private int Wrong(string key) => _tries.TryGetValue(key, out var tries) && time.GetUtcNow() - tries.Last < Forgotten ? tries.Wrong : 0;

    private void ForgetOldest()
    {
        foreach (var (key, _) in _tries.OrderBy(tries => tries.Value.Last).Take(MostRemembered / 2).ToList())
            _tries.Remove(key);
    }
}

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
    private readonly Dictionary<string, (int Wrong, long Last)> _tries = new(StringComparer.Ordinal);
    private readonly HashSet<(string Account, string Address)> _known = [];

    /// <summary>Asks for a try, which counts as wrong until it <see cref="Succeeded"/>: of many that come at once, none passes for the first.</summary>
    /// <returns>How long it has to wait; zero when it is taken now.</returns>
    public TimeSpan Take(string account, string address)
    {
        lock (_lock)
        {
            var ofAddress = WaitOf(From(address), LongestOfAddress);
            var ofAccount = _known.Contains((account, address)) ? TimeSpan.Zero : WaitOf(To(account), LongestOfAccount);
            var wait = ofAddress > ofAccount ? ofAddress : ofAccount;
            if (wait == TimeSpan.Zero)
                Count(account, address);
            return wait;
        }
    }

    public void Succeeded(string account, string address)
    {
        lock (_lock)
        {
            _tries.Remove(From(address));
            if (Wrong(To(account)) is var wrong && wrong > 1)
                _tries[To(account)] = _tries[To(account)] with { Wrong = wrong - 1 };
            else
                _tries.Remove(To(account));
            if (_known.Count < MostRemembered)
                _known.Add((account, address));
        }
    }

    private static string From(string address) => $"from {address}";

    private static string To(string account) => $"to {account}";

    private void Count(string account, string address)
    {
        if (_tries.Count > MostRemembered)
            ForgetOldest();
        foreach (var key in new[] { From(address), To(account) })
            _tries[key] = (Wrong(key) + 1, time.GetTimestamp());
    }

    private TimeSpan WaitOf(string key, TimeSpan longest)
    {
        if (Wrong(key) is var wrong && wrong < FreeTries)
            return TimeSpan.Zero;
        var wait = TimeSpan.FromSeconds(Math.Min(longest.TotalSeconds, Math.Pow(2, wrong - FreeTries)));
        var left = wait - time.GetElapsedTime(_tries[key].Last);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private int Wrong(string key) => _tries.TryGetValue(key, out var tries) && time.GetElapsedTime(tries.Last) < Forgotten ? tries.Wrong : 0;

    private void ForgetOldest()
    {
        foreach (var (key, _) in _tries.OrderBy(tries => tries.Value.Last).Take(MostRemembered / 2).ToList())
            _tries.Remove(key);
    }
}

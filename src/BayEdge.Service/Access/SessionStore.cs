using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace BayEdge.Service.Access;

/// <param name="Role">Also names the account.</param>
/// <param name="Token">What every request that changes something must carry beside the cookie.</param>
internal sealed record Session(string Role, string Token, string Address);

/// <summary>Who is logged in. Only hashes of the cookies are kept, and only in memory: a restart of the service logs everybody out.</summary>
internal sealed class SessionStore(TimeProvider time)
{
    /// <summary>An unattended phone must not stay logged in, one in a busy hand must: an open page counts as use.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(60);

    private const int MostSessions = 200;

    private readonly ConcurrentDictionary<string, (Session Session, DateTimeOffset LastUse)> _sessions = new(StringComparer.Ordinal);

    /// <returns>The cookie's value.</returns>
    public string Begin(string role, string address)
    {
        foreach (var (old, _) in _sessions.OrderByDescending(session => session.Value.LastUse).Skip(MostSessions - 1))
            _sessions.TryRemove(old, out _);
        var cookie = Random();
        _sessions[KeyOf(cookie)] = (new Session(role, Random(), address), time.GetUtcNow());
        return cookie;
    }

    /// <summary>The session of a cookie, which it keeps alive; null when it is over.</summary>
    public Session? Use(string cookie)
    {
        var key = KeyOf(cookie);
        var now = time.GetUtcNow();
        if (!_sessions.TryGetValue(key, out var kept))
            return null;
        if (now - kept.LastUse > Idle)
        {
            _sessions.TryRemove(key, out _);
            return null;
        }

        _sessions.TryUpdate(key, kept with { LastUse = now }, kept);
        return kept.Session;
    }

    public void End(string cookie) => _sessions.TryRemove(KeyOf(cookie), out _);

    /// <summary>Ends the sessions of an account, as its PIN is another now.</summary>
    public void EndAllOf(string role, Session except)
    {
        foreach (var (key, kept) in _sessions.Where(session => session.Value.Session.Role == role && session.Value.Session != except))
            _sessions.TryRemove(key, out _);
    }

    private static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    private static string KeyOf(string cookie) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(cookie)));
}

using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace BayEdge.Service.Access;

/// <param name="Role">Also names the account.</param>
/// <param name="Token">What every request that changes something must carry beside the cookie.</param>
internal sealed record Session(string Role, string Token, string Address);

/// <summary>Who is logged in. Of the cookies only hashes are kept.</summary>
internal sealed class SessionStore : IDisposable
{
    /// <summary>An unattended phone must not stay logged in, one in a busy hand must: an open page counts as use.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(60);

    // A crash forgets that much of the use; a card is not written with every request.
    private static readonly TimeSpan Unsaved = TimeSpan.FromMinutes(10);

    private const int MostSessions = 200;

    private readonly SessionFile _file;
    private readonly TimeProvider _time;
    private readonly Lock _saving = new();
    private readonly ConcurrentDictionary<string, (Session Session, long LastUse)> _sessions = new(StringComparer.Ordinal);
    private long _savedAt;

    public SessionStore(SessionFile file, TimeProvider time)
    {
        (_file, _time, _savedAt) = (file, time, time.GetTimestamp());
        foreach (var kept in file.Read().Where(kept => time.GetElapsedTime(kept.LastUse) is var idle && idle >= TimeSpan.Zero && idle <= Idle))
            _sessions[kept.Key] = (new Session(kept.Role, kept.Token, kept.Address), kept.LastUse);
    }

    /// <returns>The cookie's value.</returns>
    public string Begin(string role, string address)
    {
        foreach (var (old, _) in _sessions.OrderByDescending(session => session.Value.LastUse).Skip(MostSessions - 1))
            _sessions.TryRemove(old, out _);
        var cookie = Random();
        _sessions[KeyOf(cookie)] = (new Session(role, Random(), address), _time.GetTimestamp());
        Save();
        return cookie;
    }

    /// <summary>The session of a cookie, which it keeps alive; null when it is over.</summary>
    public Session? Use(string cookie)
    {
        var key = KeyOf(cookie);
        if (!_sessions.TryGetValue(key, out var kept))
            return null;
        if (_time.GetElapsedTime(kept.LastUse) > Idle)
        {
            _sessions.TryRemove(key, out _);
            return null;
        }

        _sessions.TryUpdate(key, kept with { LastUse = _time.GetTimestamp() }, kept);
        if (_time.GetElapsedTime(Interlocked.Read(ref _savedAt)) > Unsaved)
            Save();
        return kept.Session;
    }

    public void End(string cookie)
    {
        if (_sessions.TryRemove(KeyOf(cookie), out _))
            Save();
    }

    /// <summary>Ends the sessions of an account, as its PIN is another now.</summary>
    public void EndAllOf(string role, Session except)
    {
        foreach (var (key, kept) in _sessions.Where(session => session.Value.Session.Role == role && session.Value.Session != except))
            _sessions.TryRemove(key, out _);
        Save();
    }

    public void Dispose() => Save();

    private void Save()
    {
        lock (_saving)
        {
            Interlocked.Exchange(ref _savedAt, _time.GetTimestamp());
            _file.Write([.. _sessions.Select(one => new KeptSession(one.Key, one.Value.Session.Role, one.Value.Session.Token, one.Value.Session.Address, one.Value.LastUse))]);
        }
    }

    private static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    private static string KeyOf(string cookie) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(cookie)));
}

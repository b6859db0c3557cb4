using BayEdge.Messaging.Commands;

namespace BayEdge.Service.RemoteCommands;

/// <summary>Replies that are not on their way yet. It outlives the watching of the bays, which ends when the command was to change its configuration.</summary>
internal sealed class UnsentReplies
{
    private const int MostKept = 16;

    private readonly Lock _lock = new();
    private readonly List<OutboundReply> _replies = [];

    public void Keep(OutboundReply reply)
    {
        lock (_lock)
        {
            _replies.Add(reply);
            if (_replies.Count > MostKept)
                _replies.RemoveAt(0);
        }
    }

    public void Forget(OutboundReply reply)
    {
        lock (_lock)
            _replies.Remove(reply);
    }

    /// <summary>Those that are left; each is tried once more only.</summary>
    public IReadOnlyList<OutboundReply> TakeAll()
    {
        lock (_lock)
        {
            OutboundReply[] all = [.. _replies];
            _replies.Clear();
            return all;
        }
    }
}

using BayEdge.Core.Bays;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Neighbours;

/// <summary>Knows whether the other devices of the site can be heard.</summary>
/// <remarks>A device that has never heard another one is alone, and whatever it decides holds. Not for several threads at once.</remarks>
/// <param name="knownSince">The start of the service, where it had neighbours before; null where it had none.</param>
public sealed class NeighbourPresence(NeighbourOptions options, ObservedAt? knownSince = null)
{
    private ObservedAt? _connectedAt;
    private ObservedAt? _heardAt = knownSince;
    private bool _told = true;

    /// <summary>Whether there are others, in reach or not: worth remembering over a restart.</summary>
    public bool HasNeighbours => _heardAt is not null;

    public void BrokerConnected(ObservedAt now) => _connectedAt ??= now;

    public void BrokerLost() => _connectedAt = null;

    /// <summary>Another device was heard. That proves the connection, too, whose opening may be told a moment later.</summary>
    public void Heard(ObservedAt now)
    {
        _connectedAt ??= now;
        _heardAt = now;
    }

    /// <summary>What the tracker must be told now; null when nothing has changed.</summary>
    public NeighboursReachable? Settle(ObservedAt now)
    {
        var isReachable = IsReachable(now);
        if (isReachable == _told)
            return null;

        _told = isReachable;
        return new NeighboursReachable(now, isReachable);
    }

    private bool IsReachable(ObservedAt now)
    {
        if (_heardAt is not { } heardAt)
            return true;
        if (_connectedAt is not { } connectedAt)
            return false;

        // What was heard over an earlier connection says nothing of this one.
        if (heardAt.Monotonic >= connectedAt.Monotonic && now - heardAt <= options.LongestSilence)
            return true;
        if (now - ObservedAt.Later(heardAt, connectedAt) <= options.GoneAfter)
            return false;

        _heardAt = null;
        return true;
    }
}

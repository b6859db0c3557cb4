using System.Net;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Push;
using Microsoft.Extensions.Logging;

namespace BayEdge.Drivers.HttpPush;

/// <summary>The ports that are open for pushes; senders share them.</summary>
#pragma warning disable CA1001 // It lives as long as the drivers, and a semaphore without a wait handle holds nothing to dispose of.
internal sealed class PushListeners(TimeProvider time, ILogger logger)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<IPEndPoint, PushListener> _open = [];

    /// <summary>Opens a place for a sender, and the port where it is the first there.</summary>
    /// <exception cref="DeviceFaultException">The port cannot be opened, or the place is taken.</exception>
    public async Task<PushInbox> JoinAsync(IPEndPoint endPoint, string id, string token, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (!_open.TryGetValue(endPoint, out var listener))
                _open[endPoint] = listener = await PushListener.StartAsync(endPoint, new PushRefusals($"port {endPoint.Port}", time, logger), time, cancellationToken);
            if (listener.Inboxes.TryGetValue(id, out var other))
            {
                if (other.InUse)
                    throw new DeviceFaultException(DeviceFaultKind.Busy, $"Messages for {id} are awaited at {endPoint} already.");
                other.Replaced = true;
            }

            return listener.Inboxes[id] = new PushInbox(id, token, new PushRefusals(id, time, logger), inbox => LeaveAsync(endPoint, id, inbox)) { InUse = true };
        }
        finally
        {
            _gate.Release();
        }
    }

    private async ValueTask LeaveAsync(IPEndPoint endPoint, string id, PushInbox inbox)
    {
        await _gate.WaitAsync();
        try
        {
            if (!_open.TryGetValue(endPoint, out var listener) || !listener.Inboxes.TryRemove(KeyValuePair.Create(id, inbox)) || !listener.Inboxes.IsEmpty)
                return;
            _open.Remove(endPoint);
            await listener.DisposeAsync();
        }
        finally
        {
            _gate.Release();
        }
    }
}

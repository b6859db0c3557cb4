using BayEdge.Core.Drivers;
using BayEdge.Drivers.Push;

namespace BayEdge.Drivers.HttpPush;

/// <summary>Tries whether a sender's messages could be awaited where it is configured, and looks at those that come.</summary>
internal static class HttpPushProbe
{
    /// <param name="mapper">Null where the sender is no reader, so that its messages are not looked at.</param>
    public static async Task<ProbeReport> RunAsync(
        HttpPushSettings settings, PushListeners listeners, IPushMapper? mapper, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await using var inbox = await listeners.JoinAsync(settings.EndPoint(), settings.Id, settings.Token, cancellationToken);
            inbox.InUse = mapper is not null;
            return new ProbeReport(
                true,
                $"Waits for POST to http://{settings.Listen}{settings.Path} with the token; whether the device sends shows when it does.",
                [new ProbeFact("path", settings.Path)])
            {
                Heard = mapper is null ? null : await PushSample.TakeAsync(inbox.Messages.Reader, mapper, time, cancellationToken),
            };
        }
        catch (DeviceFaultException fault) when (fault.Kind == DeviceFaultKind.Busy)
        {
            return new ProbeReport(false, $"{fault.Says} If that is the BayEdge service, all is well.", []);
        }
        catch (DeviceFaultException fault)
        {
            return ProbeReport.Failed(fault);
        }
    }
}

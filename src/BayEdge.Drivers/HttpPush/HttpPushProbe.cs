using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.HttpPush;

/// <summary>Tries whether a sender's messages could be awaited where it is configured.</summary>
internal static class HttpPushProbe
{
    public static async Task<ProbeReport> RunAsync(HttpPushSettings settings, PushListeners listeners, CancellationToken cancellationToken)
    {
        try
        {
            await using var inbox = await listeners.JoinAsync(settings.EndPoint(), settings.Id, settings.Token, cancellationToken);
            return new ProbeReport(
                true,
                $"Waits for POST to http://{settings.Listen}{settings.Path} with the token; whether the device sends shows when it does.",
                [new ProbeFact("path", settings.Path)]);
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

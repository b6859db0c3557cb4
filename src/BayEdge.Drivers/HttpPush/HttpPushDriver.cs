using System.Collections.Immutable;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Push;

namespace BayEdge.Drivers.HttpPush;

/// <summary>Whatever posts its sightings as JSON: plate cameras, gateways, readers.</summary>
public sealed class HttpPushDriver : ISourceDriver
{
    private readonly PushListeners _listeners;
    private readonly TimeProvider _time;

    private HttpPushDriver(SourceKind kind, PushListeners listeners, TimeProvider time)
    {
        (_listeners, _time) = (listeners, time);
        Descriptor = new DriverDescriptor("http", kind, PushFields.NameOf(kind, "HTTP ", "HTTP"), HttpPushSettings.Fields);
    }

    public DriverDescriptor Descriptor { get; }

    /// <summary>One for readers, one for cameras and one for contacts, which share their ports.</summary>
    public static ImmutableArray<HttpPushDriver> ForEveryKind(TimeProvider time)
    {
        var listeners = new PushListeners(time);
        return [.. Enum.GetValues<SourceKind>().Select(kind => new HttpPushDriver(kind, listeners, time))];
    }

    public ISource Create(SourceConfiguration configuration) => new HttpPushSource(configuration, HttpPushSettings.From(configuration), _listeners, _time);

    public async Task<ProbeReport> ProbeAsync(SourceConfiguration configuration, CancellationToken cancellationToken)
    {
        var settings = HttpPushSettings.From(configuration);
        try
        {
            await using var inbox = await _listeners.JoinAsync(settings.EndPoint(), settings.Id, settings.Token, cancellationToken);
            return new ProbeReport(
                true,
                $"Waits for POST to http://{settings.Listen}{settings.Path} with the token; whether the device sends shows when it does.",
                [new ProbeFact("path", settings.Path)]);
        }
        catch (DeviceFaultException fault) when (fault.Kind == DeviceFaultKind.Busy)
        {
            return new ProbeReport(false, $"{fault.Message} If that is the BayEdge service, all is well.", []);
        }
        catch (DeviceFaultException fault)
        {
            return ProbeReport.Failed(fault);
        }
    }
}

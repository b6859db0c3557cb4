using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Push;

namespace BayEdge.Drivers.HttpPush;

/// <summary>Whatever posts its sightings as JSON: plate cameras, gateways, readers.</summary>
internal sealed class HttpPushDriver(SourceKind kind, PushListeners listeners, TimeProvider time) : ISourceDriver, IConfigurationRules
{
    public DriverDescriptor Descriptor { get; } = new("http", kind, PushFields.NameOf(kind, "HTTP ", "HTTP"), HttpPushSettings.Fields);

    public ISource Create(SourceConfiguration configuration) =>
        new HttpPushSource(HttpPushSettings.From(configuration), new PushMapper(configuration), listeners, time);

    public DeviceFaultException? FaultIn(SourceConfiguration configuration) => StaticRules.FaultOf(() => HttpPushSettings.From(configuration).EndPoint());

    /// <summary>A port is shared.</summary>
    public OwnedDevice? DeviceOf(SourceConfiguration configuration) => null;

    public Task<ProbeReport> ProbeAsync(SourceConfiguration configuration, CancellationToken cancellationToken) =>
        HttpPushProbe.RunAsync(
            HttpPushSettings.From(configuration), listeners, kind == SourceKind.Reader ? new PushMapper(configuration) : null, time, cancellationToken);
}

using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Mqtt;
using BayEdge.Drivers.Push;
using Microsoft.Extensions.Logging;

namespace BayEdge.Drivers.MqttPush;

/// <summary>Whatever publishes its sightings as JSON on an MQTT topic: plate cameras, gateways, readers.</summary>
internal sealed class MqttPushDriver(SourceKind kind, TimeProvider time, ILogger logger) : ISourceDriver, IConfigurationRules
{
    public DriverDescriptor Descriptor { get; } = new("mqtt", kind, PushFields.NameOf(kind, "MQTT ", "MQTT"), MqttPushSettings.Fields);

    public ISource Create(SourceConfiguration configuration) =>
        new MqttPushSource(configuration, () => MqttPushSettings.From(configuration), new PushMapper(configuration), new PushRefusals(configuration.Id, time, logger), time);

    public DeviceFaultException? FaultIn(SourceConfiguration configuration) => StaticRules.FaultOf(() => MqttPushSettings.Require(configuration, MqttPushSettings.From));

    /// <summary>A broker is shared.</summary>
    public OwnedDevice? DeviceOf(SourceConfiguration configuration) => null;

    public Task<ProbeReport> ProbeAsync(SourceConfiguration configuration, CancellationToken cancellationToken) =>
        MqttProbe.RunAsync(
            configuration, () => MqttPushSettings.From(configuration).Topics, kind == SourceKind.Reader ? new PushMapper(configuration) : null, time, cancellationToken);
}

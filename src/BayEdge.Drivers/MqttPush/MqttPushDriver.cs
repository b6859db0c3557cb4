using System.Collections.Immutable;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Mqtt;
using BayEdge.Drivers.Push;

namespace BayEdge.Drivers.MqttPush;

/// <summary>Whatever publishes its sightings as JSON on an MQTT topic: plate cameras, gateways, readers.</summary>
public sealed class MqttPushDriver : ISourceDriver
{
    private readonly TimeProvider _time;

    private MqttPushDriver(SourceKind kind, TimeProvider time)
    {
        _time = time;
        Descriptor = new DriverDescriptor("mqtt", kind, PushFields.NameOf(kind, "MQTT ", "MQTT"), MqttPushSettings.Fields);
    }

    public DriverDescriptor Descriptor { get; }

    /// <summary>One for readers, one for cameras and one for contacts.</summary>
    public static ImmutableArray<MqttPushDriver> ForEveryKind(TimeProvider time) =>
        [.. Enum.GetValues<SourceKind>().Select(kind => new MqttPushDriver(kind, time))];

    public ISource Create(SourceConfiguration configuration) => new MqttPushSource(configuration, _time);

    public Task<ProbeReport> ProbeAsync(SourceConfiguration configuration, CancellationToken cancellationToken) =>
        MqttProbe.RunAsync(configuration, () => [MqttPushSettings.From(configuration).Topic], _time, cancellationToken);
}

using System.Collections.Immutable;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.HttpPush;
using BayEdge.Drivers.MqttPush;
using BayEdge.Drivers.ZebraIot;

namespace BayEdge.Drivers.Push;

/// <summary>The drivers of devices that push, which share the ports where they are awaited.</summary>
public static class PushDrivers
{
    /// <summary><c>http</c> and <c>mqtt</c> for readers, cameras and contacts each, and <c>zebra-iot</c>.</summary>
    public static ImmutableArray<ISourceDriver> Create(TimeProvider time)
    {
        var listeners = new PushListeners(time);
        return
        [
            .. Enum.GetValues<SourceKind>().Select(kind => new HttpPushDriver(kind, listeners, time)),
            .. Enum.GetValues<SourceKind>().Select(kind => new MqttPushDriver(kind, time)),
            new ZebraIotDriver(listeners, time),
        ];
    }
}

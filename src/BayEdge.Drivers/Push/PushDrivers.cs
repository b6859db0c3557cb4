using System.Collections.Immutable;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.HttpPush;
using BayEdge.Drivers.MqttPush;
using BayEdge.Drivers.ZebraIot;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BayEdge.Drivers.Push;

/// <summary>The drivers of devices that push, which share the ports where they are awaited.</summary>
public static class PushDrivers
{
    /// <summary><c>http</c> and <c>mqtt</c> for readers, cameras and contacts each, and <c>zebra-iot</c>.</summary>
    /// <param name="loggers">Told when messages begin to be refused, and when that ends; null for nobody.</param>
    public static ImmutableArray<ISourceDriver> Create(TimeProvider time, ILoggerFactory? loggers = null)
    {
        var logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger<PushRefusals>();
        var listeners = new PushListeners(time, logger);
        return
        [
            .. Enum.GetValues<SourceKind>().Select(kind => new HttpPushDriver(kind, listeners, time)),
            .. Enum.GetValues<SourceKind>().Select(kind => new MqttPushDriver(kind, time, logger)),
            new ZebraIotDriver(listeners, time, logger),
        ];
    }
}

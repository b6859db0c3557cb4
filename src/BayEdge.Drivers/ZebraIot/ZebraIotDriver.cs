using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.HttpPush;
using BayEdge.Drivers.Mqtt;
using BayEdge.Drivers.MqttPush;
using BayEdge.Drivers.Push;
using Microsoft.Extensions.Logging;

namespace BayEdge.Drivers.ZebraIot;

/// <summary>Zebra readers with the IoT Connector (FX7500, FX9600, FXR90), which send their events by themselves.</summary>
internal sealed class ZebraIotDriver(PushListeners listeners, TimeProvider time, ILogger logger) : ISourceDriver, IConfigurationRules
{
    public DriverDescriptor Descriptor { get; } = new(
        "zebra-iot", SourceKind.Reader, new LocalizedText("Zebra IoT Connector 读写器", "Zebra reader with IoT Connector"), ZebraIotSettings.Fields);

    public ISource Create(SourceConfiguration configuration)
    {
        var mapper = new ZebraIotMapper((ReaderConfiguration)configuration);
        ISource awaiting = ZebraIotSettings.IsPosted(configuration)
            ? new HttpPushSource(HttpPushSettings.From(configuration), mapper, listeners, time)
            : new MqttPushSource(configuration, () => ZebraIotSettings.Published(configuration), mapper, new PushRefusals(configuration.Id, time, logger), time);
        return new ZebraIotSource(configuration, awaiting, time);
    }

    public async Task<ProbeReport> ProbeAsync(SourceConfiguration configuration, CancellationToken cancellationToken)
    {
        if (ZebraIotSettings.FaultIn(configuration) is { } fault)
            return ProbeReport.Failed(fault);
        try
        {
            var management = ZebraManagement.From(configuration);
            if (management is null)
                return await AwaitAsync(configuration, cancellationToken);
            var (identity, radio) = await management.IdentifyAsync(time, cancellationToken);
            radio.Require(management);
            return About(await AwaitAsync(configuration, cancellationToken), identity, radio);
        }
        catch (DeviceFaultException unlike)
        {
            return ProbeReport.Failed(unlike);
        }
    }

    public DeviceFaultException? FaultIn(SourceConfiguration configuration) => ZebraIotSettings.FaultIn(configuration) ?? StaticRules.FaultOf(() =>
    {
        if (ZebraIotSettings.IsPosted(configuration))
            HttpPushSettings.From(configuration).EndPoint();
        else
            MqttPushSettings.Require(configuration, ZebraIotSettings.Published);
        ZebraManagement.From(configuration);
    });

    /// <summary>Ports and brokers are shared.</summary>
    public OwnedDevice? DeviceOf(SourceConfiguration configuration) => null;

    private static ProbeReport About(ProbeReport events, ZebraIdentity identity, ZebraRadio radio)
    {
        List<ProbeFact> facts = [new(ProbeFact.Manufacturer, "Zebra"), .. identity.Facts];
        if (radio.Region is { } region)
            facts.Add(new ProbeFact(ProbeFact.Region, region));
        return events with
        {
            Facts = [.. facts, .. events.Facts],
            Antennas = identity.Antennas,
            Power = radio.PowersDbm is [var first, ..] ? new TransmitPower(first, LeastDbm: null, MostDbm: null) : null,
        };
    }

    /// <summary>Tries the way on which the reader's events are to come, and listens there for a moment.</summary>
    private Task<ProbeReport> AwaitAsync(SourceConfiguration configuration, CancellationToken cancellationToken)
    {
        var mapper = new ZebraIotMapper((ReaderConfiguration)configuration);
        return ZebraIotSettings.IsPosted(configuration)
            ? HttpPushProbe.RunAsync(HttpPushSettings.From(configuration), listeners, mapper, time, cancellationToken)
            : MqttProbe.RunAsync(configuration, () => ZebraIotSettings.Published(configuration).Topics, mapper, time, cancellationToken);
    }
}

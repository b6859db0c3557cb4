using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.HttpPush;
using BayEdge.Drivers.Mqtt;
using BayEdge.Drivers.MqttPush;

namespace BayEdge.Drivers.ZebraIot;

/// <summary>Zebra readers with the IoT Connector (FX7500, FX9600, FXR90), which send their events by themselves.</summary>
internal sealed class ZebraIotDriver(PushListeners listeners, TimeProvider time) : ISourceDriver
{
    public DriverDescriptor Descriptor { get; } = new(
        "zebra-iot", SourceKind.Reader, new LocalizedText("Zebra IoT Connector 读写器", "Zebra reader with IoT Connector"), ZebraIotSettings.Fields);

    public ISource Create(SourceConfiguration configuration)
    {
        var mapper = new ZebraIotMapper((ReaderConfiguration)configuration);
        ISource awaiting = ZebraIotSettings.IsPosted(configuration)
            ? new HttpPushSource(HttpPushSettings.From(configuration), mapper, listeners, time)
            : new MqttPushSource(configuration, () => ZebraIotSettings.Published(configuration), mapper, time);
        return new ZebraIotSource(configuration, awaiting, time);
    }

    public async Task<ProbeReport> ProbeAsync(SourceConfiguration configuration, CancellationToken cancellationToken)
    {
        if (ZebraIotSettings.FaultIn(configuration) is { } fault)
            return ProbeReport.Failed(fault);
        if (await CompareAsync(configuration, cancellationToken) is { } unlike)
            return ProbeReport.Failed(unlike);
        return ZebraIotSettings.IsPosted(configuration)
            ? await HttpPushProbe.RunAsync(HttpPushSettings.From(configuration), listeners, cancellationToken)
            : await MqttProbe.RunAsync(configuration, () => ZebraIotSettings.Published(configuration).Topics, time, cancellationToken);
    }

    /// <returns>In what the reader is not set as configured; null when it is, or is not to be asked.</returns>
    private async Task<DeviceFaultException?> CompareAsync(SourceConfiguration configuration, CancellationToken cancellationToken)
    {
        try
        {
            if (ZebraManagement.From(configuration) is { } management)
                (await management.AskAsync(time, cancellationToken)).Require(management);
            return null;
        }
        catch (DeviceFaultException fault)
        {
            return fault;
        }
    }
}

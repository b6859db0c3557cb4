using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.ImpinjIot;

/// <summary>Impinj readers with the IoT device interface: R700 and R720.</summary>
public sealed class ImpinjIotDriver(TimeProvider time) : ISourceDriver, IConfigurationRules
{
    public DriverDescriptor Descriptor { get; } = new(
        "impinj-iot", SourceKind.Reader, new LocalizedText("Impinj IoT 接口读写器", "Impinj reader with IoT device interface"), ImpinjIotSettings.Fields)
    {
        SwitchesRadio = true,
    };

    public ISource Create(SourceConfiguration configuration) => new ImpinjIotSource(configuration.Id, ImpinjIotSettings.From(configuration), time);

    public DeviceFaultException? FaultIn(SourceConfiguration configuration) => StaticRules.FaultOf(ImpinjIotSettings.From(configuration).RequirePossible);

    public OwnedDevice? DeviceOf(SourceConfiguration configuration) => OwnedDevice.At(ImpinjIotSettings.AddressKey, ImpinjIotSettings.From(configuration).Address);

    public Task<ProbeReport> ProbeAsync(SourceConfiguration configuration, CancellationToken cancellationToken) =>
        ImpinjIotProbe.RunAsync(ImpinjIotSettings.From(configuration), Probing.MayRead(configuration), time, cancellationToken);
}

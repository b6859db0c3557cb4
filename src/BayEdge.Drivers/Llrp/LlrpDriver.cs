using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.Llrp;

/// <summary>RFID readers that speak the Low Level Reader Protocol 1.0.1 or 1.1 over TCP: Impinj, Zebra and others.</summary>
public sealed class LlrpDriver(TimeProvider time) : ISourceDriver, IConfigurationRules
{
    private readonly VersionAgreement _versions = new(time);

    public DriverDescriptor Descriptor { get; } = new(
        "llrp", SourceKind.Reader, new LocalizedText("LLRP 读写器", "LLRP reader"), LlrpSettings.Fields)
    {
        SwitchesRadio = true,
    };

    public ISource Create(SourceConfiguration configuration) => new LlrpSource(configuration.Id, LlrpSettings.From(configuration), _versions);

    public DeviceFaultException? FaultIn(SourceConfiguration configuration) => StaticRules.FaultOf(LlrpSettings.From(configuration).RequirePossible);

    public OwnedDevice? DeviceOf(SourceConfiguration configuration) => OwnedDevice.At(LlrpSettings.AddressKey, LlrpSettings.From(configuration).Address);

    public Task<ProbeReport> ProbeAsync(SourceConfiguration configuration, CancellationToken cancellationToken) =>
        LlrpProbe.RunAsync(LlrpSettings.From(configuration), _versions, time, cancellationToken);
}

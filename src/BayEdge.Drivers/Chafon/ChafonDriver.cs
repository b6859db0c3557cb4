using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.Chafon;

/// <summary>Chafon readers on a serial port that speak the UHFReader18 or UHFReader288 protocol, under this and other brands.</summary>
public sealed class ChafonDriver : ISourceDriver, IConfigurationRules
{
    private readonly TimeProvider _time;
    private readonly ISerialPorts _ports;

    public ChafonDriver(TimeProvider time)
        : this(time, new SerialPorts(time))
    {
    }

    internal ChafonDriver(TimeProvider time, ISerialPorts ports) => (_time, _ports) = (time, ports);

    public DriverDescriptor Descriptor { get; } = new(
        "chafon", SourceKind.Reader, new LocalizedText("Chafon 串口读写器", "Chafon serial reader"), ChafonSettings.Fields)
    {
        SwitchesRadio = true,
    };

    public ISource Create(SourceConfiguration configuration) =>
        new ChafonSource(configuration.Id, ChafonSettings.From(configuration), _ports, _time);

    public DeviceFaultException? FaultIn(SourceConfiguration configuration) => StaticRules.FaultOf(ChafonSettings.From(configuration).RequirePossible);

    public OwnedDevice? DeviceOf(SourceConfiguration configuration) => SerialFields.DeviceAt(ChafonSettings.From(configuration).Port);

    public Task<ProbeReport> ProbeAsync(SourceConfiguration configuration, CancellationToken cancellationToken) =>
        ChafonProbe.RunAsync(ChafonSettings.From(configuration), Probing.MayRead(configuration), _ports, _time, cancellationToken);
}

using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.R200;

/// <summary>Small serial UHF modules around the M100 and R200 chips: JRD-4035, YRM100, M5Stack RFID-UHF and others.</summary>
public sealed class R200Driver : ISourceDriver, IConfigurationRules
{
    private readonly TimeProvider _time;
    private readonly ISerialPorts _ports;

    public R200Driver(TimeProvider time)
        : this(time, new SerialPorts(time))
    {
    }

    internal R200Driver(TimeProvider time, ISerialPorts ports) => (_time, _ports) = (time, ports);

    public DriverDescriptor Descriptor { get; } = new(
        "r200", SourceKind.Reader, new LocalizedText("R200/M100 串口模块", "R200/M100 serial module"), R200Settings.Fields)
    {
        SwitchesRadio = true,
    };

    public ISource Create(SourceConfiguration configuration) =>
        new R200Source(configuration.Id, R200Settings.From(configuration), _ports, _time);

    public DeviceFaultException? FaultIn(SourceConfiguration configuration) => StaticRules.FaultOf(R200Settings.From(configuration).RequirePossible);

    public OwnedDevice? DeviceOf(SourceConfiguration configuration) => SerialFields.DeviceAt(R200Settings.From(configuration).Port);

    public Task<ProbeReport> ProbeAsync(SourceConfiguration configuration, CancellationToken cancellationToken) =>
        R200Probe.RunAsync(R200Settings.From(configuration), Probing.MayRead(configuration), _ports, _time, cancellationToken);
}

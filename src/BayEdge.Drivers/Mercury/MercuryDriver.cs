using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.Mercury;

/// <summary>Serial UHF modules of ThingMagic (JADAK, Novanta): M6e, Micro, M6e Nano, M7e.</summary>
public sealed class MercuryDriver : ISourceDriver, IConfigurationRules
{
    private readonly TimeProvider _time;
    private readonly ISerialPorts _ports;

    public MercuryDriver(TimeProvider time)
        : this(time, new SerialPorts(time))
    {
    }

    internal MercuryDriver(TimeProvider time, ISerialPorts ports) => (_time, _ports) = (time, ports);

    public DriverDescriptor Descriptor { get; } = new(
        "mercury", SourceKind.Reader, new LocalizedText("ThingMagic 串口模块", "ThingMagic serial module"), MercurySettings.Fields)
    {
        SwitchesRadio = true,
    };

    public ISource Create(SourceConfiguration configuration) =>
        new MercurySource(configuration.Id, MercurySettings.From(configuration), _ports, _time);

    public DeviceFaultException? FaultIn(SourceConfiguration configuration) => StaticRules.FaultOf(MercurySettings.From(configuration).RequirePossible);

    public OwnedDevice? DeviceOf(SourceConfiguration configuration) => SerialFields.DeviceAt(MercurySettings.From(configuration).Port);

    public Task<ProbeReport> ProbeAsync(SourceConfiguration configuration, CancellationToken cancellationToken) =>
        MercuryProbe.RunAsync(MercurySettings.From(configuration), Probing.MayRead(configuration), _ports, _time, cancellationToken);
}

using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Drivers;
using BayEdge.Simulator.Readers.Selectable;

namespace BayEdge.Service.Simulated;

/// <summary>A reader's driver that may be led to a simulated reader of its protocol: <c>"simulated": true</c>.</summary>
internal sealed class SimulatableDriver : ISourceDriver, IConfigurationRules
{
    private const string SimulatedKey = "simulated";

    private static readonly FieldSpec Simulated = new(SimulatedKey, FieldType.Boolean,
        new LocalizedText("模拟", "Simulated"),
        new LocalizedText(
            "使用本机内的模拟读写器代替真实设备，供试用；车辆自行来去，设备地址可以不填。",
            "A simulated reader in this computer takes the place of the real one, whose address may then be left out; vehicles come and go by themselves."))
    {
        Default = "false",
    };

    private readonly ISourceDriver _driver;
    private readonly TimeProvider _time;

    private SimulatableDriver(ISourceDriver driver, TimeProvider time)
    {
        (_driver, _time) = (driver, time);
        Descriptor = driver.Descriptor with { Fields = [.. driver.Descriptor.Fields.Select(WhereReal), Simulated] };
    }

    public DriverDescriptor Descriptor { get; }

    /// <summary>The driver itself where there is no simulated device for it.</summary>
    public static ISourceDriver Wrap(ISourceDriver driver, TimeProvider time) =>
        driver.Descriptor.Kind == SourceKind.Reader && SelectableReaders.Drivers.Contains(driver.Descriptor.Id) ? new SimulatableDriver(driver, time) : driver;

    public ISource Create(SourceConfiguration configuration) => IsSimulated(configuration)
        ? new SimulatedSource(_driver, (ReaderConfiguration)configuration, _time)
        : _driver.Create(configuration);

    public async Task<ProbeReport> ProbeAsync(SourceConfiguration configuration, CancellationToken cancellationToken)
    {
        if (!IsSimulated(configuration))
            return await _driver.ProbeAsync(configuration, cancellationToken);
        var report = await new SimulatedSource(_driver, (ReaderConfiguration)configuration, _time).ProbeAsync(cancellationToken);
        return report with { Says = Wording.Of($"A simulated reader in this computer, no real one: {report.Says}").Phrase };
    }

    /// <summary>A simulated reader refuses by itself what a real one would; its address counts for nothing.</summary>
    public DeviceFaultException? FaultIn(SourceConfiguration configuration) =>
        IsSimulated(configuration) ? null : (_driver as IConfigurationRules)?.FaultIn(configuration);

    public OwnedDevice? DeviceOf(SourceConfiguration configuration) =>
        IsSimulated(configuration) ? null : (_driver as IConfigurationRules)?.DeviceOf(configuration);

    private static FieldSpec WhereReal(FieldSpec field) =>
        field is { Required: true, Type: FieldType.HostAndPort or FieldType.Location } ? field with { RequiredUnless = SimulatedKey } : field;

    private static bool IsSimulated(SourceConfiguration configuration) => configuration.Settings.Find(SimulatedKey) == "true";
}

using System.Collections.Immutable;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.ZebraIot;

/// <summary>One reader whose events are awaited once it is seen to be set as configured.</summary>
/// <param name="awaiting">Waits for what the reader sends by itself.</param>
internal sealed class ZebraIotSource(SourceConfiguration configuration, ISource awaiting, TimeProvider time) : ISource, IRadioRegion, IAntennaPorts, IDigitalPorts
{
    public async Task RunAsync(ISightingSink sink, CancellationToken cancellationToken)
    {
        if (ZebraManagement.From(configuration) is { } management)
            (await management.AskAsync(time, cancellationToken)).Require(management);
        await awaiting.RunAsync(sink, cancellationToken);
    }

    public async Task<RadioRegion> GetRegionAsync(CancellationToken cancellationToken)
    {
        var radio = ZebraManagement.From(configuration) is { } management ? await management.AskAsync(time, cancellationToken) : null;
        return radio?.Region is { } region
            ? new RadioRegion(radio.Band?.Name, region)
            : throw new DeviceFaultException(DeviceFaultKind.Refused, $"The reader {configuration.Id} does not say in which radio band it works. Set readerAddress, so that it can be asked.");
    }

    public Task<ImmutableArray<DigitalInput>> GetInputsAsync(CancellationToken cancellationToken) => Management().InputsAsync(time, cancellationToken);

    public Task<ImmutableArray<DigitalOutput>> GetOutputsAsync(CancellationToken cancellationToken) => Management().OutputsAsync(time, cancellationToken);

    public Task SetOutputAsync(int port, bool on, CancellationToken cancellationToken) => Management().SetOutputAsync(port, on, time, cancellationToken);

    public async Task<ImmutableArray<AntennaPort>> GetAntennasAsync(CancellationToken cancellationToken) =>
        ZebraManagement.From(configuration) is { } management ? (await management.IdentifyAsync(time, cancellationToken)).Identity.Antennas : [];

    private ZebraManagement Management() => ZebraManagement.From(configuration) ?? throw new DeviceFaultException(
        DeviceFaultKind.Refused, $"The reader {configuration.Id} sends its events, but nothing tells where it can be asked. Set readerAddress.");
}

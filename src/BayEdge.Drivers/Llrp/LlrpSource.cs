using System.Collections.Immutable;
using BayEdge.Core.Drivers;
using BayEdge.Core.Timing;
using BayEdge.Drivers.Llrp.Protocol;

namespace BayEdge.Drivers.Llrp;

/// <summary>One LLRP reader, through one connection at a time.</summary>
/// <param name="id">The reader's configured id.</param>
internal sealed class LlrpSource(string id, LlrpSettings settings, VersionAgreement versions) : ISource, ITransmitPower, IRadioRegion, IAntennaPorts, IDigitalPorts, ITagMemory
{
    private readonly Errands<LlrpReading> _errands = new($"reader at {settings.Address}");
    private readonly Queue<UnheardReports> _unheard = [];

    public async Task RunAsync(ISightingSink sink, CancellationToken cancellationToken)
    {
        using var session = await versions.OpenAsync(settings.Address, _unheard.Enqueue, cancellationToken);
        try
        {
            var mapper = Mapper(session.Greeting, session.Greeted);
            var reading = await LlrpReading.SetUpAsync(session, settings, cancellationToken);
            await reading.OrderAsync(settings.PowerDbm, cancellationToken);
            using var visit = _errands.Begin(reading, sink, cancellationToken);
            await CatchUpAsync(session, sink, cancellationToken);
            await ListenAsync(session, visit, mapper, sink, cancellationToken);
        }
        finally
        {
            await session.LeaveAsync(RoSpecPlan.RoSpecId);
        }
    }

    public Task<TransmitPower> GetPowerAsync(CancellationToken cancellationToken) =>
        _errands.RunAsync((reading, token) => reading.PowerAsync(token), cancellationToken);

    public Task<TransmitPower> SetPowerAsync(double dBm, CancellationToken cancellationToken) =>
        _errands.RunAsync((reading, token) => reading.ChangePowerAsync(dBm, token), cancellationToken);

    public Task<RadioRegion> GetRegionAsync(CancellationToken cancellationToken) => _errands.RunAsync(
        (reading, _) => Task.FromResult(reading.Abilities.Region ?? throw new DeviceFaultException(
            DeviceFaultKind.Refused, $"The reader at {settings.Address} does not say in which radio band it works.")),
        cancellationToken);

    public Task<ImmutableArray<AntennaPort>> GetAntennasAsync(CancellationToken cancellationToken) => _errands.RunAsync(
        async (reading, token) => AntennaPorts.All(reading.Abilities.Device, await AntennaPorts.AskAsync(reading.Session, token)), cancellationToken);

    public Task<ImmutableArray<DigitalInput>> GetInputsAsync(CancellationToken cancellationToken) =>
        _errands.RunAsync((reading, token) => LlrpPins.InputsAsync(reading.Session, token), cancellationToken);

    public Task<ImmutableArray<DigitalOutput>> GetOutputsAsync(CancellationToken cancellationToken) =>
        _errands.RunAsync((reading, token) => LlrpPins.OutputsAsync(reading.Session, reading.Abilities.Device, token), cancellationToken);

    public Task SetOutputAsync(int port, bool on, CancellationToken cancellationToken) => port is < 1 or > ushort.MaxValue
        ? Task.FromException(new DeviceFaultException(DeviceFaultKind.Refused, $"The reader at {settings.Address} has no output {port}."))
        : _errands.RunAsync((reading, token) => LlrpPins.SetAsync(reading, settings.Address, port, on, token), cancellationToken);

    public Task<string> ReadMemoryAsync(string tag, TagMemoryBank bank, int firstWord, int words, CancellationToken cancellationToken) => TagWords.AskAsync(
        tag, firstWord, words, () => _errands.RunAsync((reading, token) => reading.Memory.ReadAsync(tag, bank, firstWord, words, token), cancellationToken));

    private TagReportMapper Mapper(ReaderEventNotificationData greeting, ObservedAt greeted)
    {
        var mapper = new TagReportMapper(id, settings);
        mapper.Greet(greeting, greeted);
        return mapper;
    }

    /// <summary>Tells what came over connections that ended before they were listened to.</summary>
    private async Task CatchUpAsync(LlrpSession session, ISightingSink sink, CancellationToken cancellationToken)
    {
        while (_unheard.TryDequeue(out var unheard))
        {
            var mapper = Mapper(unheard.Greeting, unheard.Greeted);
            while (unheard.Reports.TryTake(out var report, out var arrival))
                await session.PublishAsync(mapper, report, arrival, sink, cancellationToken);
        }
    }

    private async Task ListenAsync(
        LlrpSession session, Errands<LlrpReading>.Visit visit, TagReportMapper mapper, ISightingSink sink, CancellationToken cancellationToken)
    {
        Func<CancellationToken, ValueTask<LlrpFrame>> next = interrupt => session.NextReportAsync(settings.LongestSilence, interrupt, cancellationToken);
        while (true)
        {
            var report = await visit.NextAsync(next);
            await session.PublishAsync(mapper, report, sink, cancellationToken);
        }
    }
}

using System.Collections.Immutable;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Drivers.Rest;
using BayEdge.Drivers.Timing;

namespace BayEdge.Drivers.ImpinjIot;

/// <summary>One reader: told to read over its REST interface, listened to over its data stream.</summary>
/// <param name="id">The reader's configured id.</param>
internal sealed class ImpinjIotSource(string id, ImpinjIotSettings settings, TimeProvider time)
    : ISource, ITransmitPower, IRadioRegion, IAntennaPorts, IDigitalPorts, ITagMemory
{
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(2);

    /// <summary>An empty bay's stream is silent, so the reader is asked now and then whether it still reads.</summary>
    private static readonly TimeSpan AskPeriod = TimeSpan.FromSeconds(5);

    /// <summary>Longer than this no report is on its way; one that seems older says that the reader's clock was set.</summary>
    private static readonly TimeSpan LongestWay = TimeSpan.FromSeconds(25);

    private readonly ReaderClock _clock = new(LongestWay);
    private readonly Errands<ImpinjReading> _errands = new($"reader at {settings.Address}");
    private ObservedAt _latest;

    public async Task RunAsync(ISightingSink sink, CancellationToken cancellationToken)
    {
        using var client = new RestClient(settings.Rest, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var reading = new ImpinjReading(client, settings, time);
            await reading.StartAsync(cancellationToken);
            using var response = await client.OpenAsync("data/stream", "report tags", cancellationToken);
            _clock.ExpectHeldBack(time.Observe());
            using var visit = _errands.Begin(reading, sink, end.Token);
            var (listening, asking) = (
                ImpinjStream.ListenAsync(client, settings.Address, response, found => TakeAsync(reading, found, sink, end.Token), end.Token),
                AskAsync(reading, visit, end.Token));
            var ended = await Task.WhenAny(listening, asking);
            await end.CancelAsync();
            await Task.WhenAll(listening, asking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ended;
        }
        finally
        {
            await Farewell.SayAsync(FarewellLimit, time, limited => client.PostAsync("profiles/stop", null, "stop reading", limited));
        }
    }

    public Task<TransmitPower> GetPowerAsync(CancellationToken cancellationToken) => _errands.RunAsync(
        (reading, _) => Task.FromResult(reading.PowerNow), cancellationToken);

    public Task<TransmitPower> SetPowerAsync(double dBm, CancellationToken cancellationToken) =>
        _errands.RunAsync((reading, token) => reading.ChangePowerAsync(dBm, token), cancellationToken);

    public Task<RadioRegion> GetRegionAsync(CancellationToken cancellationToken) => _errands.RunAsync(
        async (reading, token) => await ImpinjReading.RegionAsync(reading.Client, token) ?? throw new DeviceFaultException(
            DeviceFaultKind.Refused, $"The reader at {settings.Address} does not say in which radio band it works."),
        cancellationToken);

    public Task<ImmutableArray<AntennaPort>> GetAntennasAsync(CancellationToken cancellationToken) =>
        _errands.RunAsync((reading, _) => Task.FromResult(reading.Limits.Antennas), cancellationToken);

    public Task<ImmutableArray<DigitalInput>> GetInputsAsync(CancellationToken cancellationToken) =>
        _errands.RunAsync((reading, token) => ImpinjPins.InputsAsync(reading.Client, settings, token), cancellationToken);

    public Task<ImmutableArray<DigitalOutput>> GetOutputsAsync(CancellationToken cancellationToken) =>
        _errands.RunAsync((reading, token) => ImpinjPins.OutputsAsync(reading.Client, token), cancellationToken);

    public Task SetOutputAsync(int port, bool on, CancellationToken cancellationToken) =>
        _errands.RunAsync((reading, token) => ImpinjPins.SetAsync(reading.Client, settings, port, on, token), cancellationToken);

    public Task<string> ReadMemoryAsync(string tag, TagMemoryBank bank, int firstWord, int words, CancellationToken cancellationToken) => TagWords.AskAsync(
        tag, firstWord, words, () => _errands.RunAsync((reading, token) => reading.ReadMemoryAsync(new ImpinjMemory(tag, bank, firstWord, words), token), cancellationToken));

    private async ValueTask TakeAsync(ImpinjReading reading, ImpinjEvent found, ISightingSink sink, CancellationToken cancellationToken)
    {
        // What a change of power stopped reads again by now.
        if (found.InventoryStatus == "idle" && await reading.HasStoppedAsync(cancellationToken))
            throw Stopped();
        if (found.Tag is not { Length: > 0 } tag)
            return;

        reading.Power.Compare(found);
        reading.Offer(found);
        var arrival = time.Observe();
        // The offset of the clocks gets better while it is learned, and time must not run backwards for that.
        _latest = ObservedAt.Later(found.LastSeen is { } seen ? _clock.ToDevice(seen, arrival) : arrival, _latest);
        await sink.PublishAsync(new TagSighting(_latest, id, found.Antenna ?? settings.Antennas[0], tag, found.RssiDbm, Count: 1), cancellationToken);
    }

    private async Task AskAsync(ImpinjReading reading, Errands<ImpinjReading>.Visit visit, CancellationToken cancellationToken)
    {
        Func<CancellationToken, ValueTask<bool>> pause = async interrupt =>
        {
            await Task.Delay(AskPeriod, time, interrupt);
            return true;
        };
        while (await visit.NextAsync(pause))
        {
            if (await reading.HasStoppedAsync(cancellationToken))
                throw Stopped();
        }
    }

    private DeviceFaultException Stopped() => new(
        DeviceFaultKind.Lost, $"The reader at {settings.Address} stopped reading by itself; it is ordered to read again. End any other program that uses it.");
}

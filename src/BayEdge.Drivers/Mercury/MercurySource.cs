using System.Collections.Immutable;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.Mercury;

/// <summary>One module on one serial port.</summary>
/// <param name="id">The reader's configured id.</param>
internal sealed class MercurySource(string id, MercurySettings settings, ISerialPorts ports, TimeProvider time)
    : ISource, ITransmitPower, IRadioRegion, IAntennaPorts, IDigitalPorts, ITagMemory
{
    /// <summary>How many reports in a row may be unreadable before something is said to be wrong.</summary>
    private const int MostUnreadable = 20;

    /// <summary>Keep-alives come every second. A module that misses three is told to read again, and is lost unless it answers.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(3);

    private readonly MercuryClock _clock = new();
    private readonly Errands<MercurySession> _errands = new($"module at {settings.Port}");
    private ObservedAt _latest;
    private int _unreadable;

    public async Task RunAsync(ISightingSink sink, CancellationToken cancellationToken)
    {
        settings.RequirePossible();
        _unreadable = 0;
        using var session = await MercurySession.OpenAsync(settings, ports, time, cancellationToken);
        try
        {
            await MercurySetUp.ApplyAsync(session, settings, cancellationToken);
            await StartAsync(session, cancellationToken);
            using var visit = _errands.Begin(session, sink, cancellationToken);
            Func<CancellationToken, ValueTask<MercuryFrame?>> next = interrupt => session.NextAsync(LongestSilence, interrupt);
            while (true)
            {
                if (await visit.NextAsync(next) is { } frame)
                    await TakeAsync(frame, session.Arrival, sink, cancellationToken);
                else
                    await StartAsync(session, cancellationToken);
            }
        }
        finally
        {
            await session.LeaveAsync();
        }
    }

    public Task<TransmitPower> GetPowerAsync(CancellationToken cancellationToken) => PausedAsync(
        async (session, token) => (await MercurySetUp.PowerAsync(session, token)).InDbm, cancellationToken);

    public Task<TransmitPower> SetPowerAsync(double dBm, CancellationToken cancellationToken) => PausedAsync(
        async (session, token) =>
        {
            await MercurySetUp.ApplyPowerAsync(session, settings, (int)Math.Round(dBm * 100), token);
            return (await MercurySetUp.PowerAsync(session, token)).InDbm;
        },
        cancellationToken);

    public Task<RadioRegion> GetRegionAsync(CancellationToken cancellationToken) => PausedAsync(
        async (session, token) =>
        {
            var code = await MercurySetUp.RegionAsync(session, token);
            return new RadioRegion(MercuryRegion.Of(code)?.Name, MercuryRegion.Describe(code));
        },
        cancellationToken);

    public Task<ImmutableArray<AntennaPort>> GetAntennasAsync(CancellationToken cancellationToken) =>
        PausedAsync(MercurySetUp.DetectAntennasAsync, cancellationToken);

    public Task<ImmutableArray<DigitalInput>> GetInputsAsync(CancellationToken cancellationToken) =>
        PausedAsync((session, token) => MercuryLines.InputsAsync(session, settings, token), cancellationToken);

    public Task<ImmutableArray<DigitalOutput>> GetOutputsAsync(CancellationToken cancellationToken) =>
        PausedAsync((session, token) => MercuryLines.OutputsAsync(session, settings, token), cancellationToken);

    public Task SetOutputAsync(int port, bool on, CancellationToken cancellationToken) => PausedAsync(
        async (session, token) =>
        {
            await MercuryLines.SetAsync(session, settings, port, on, token);
            return true;
        },
        cancellationToken);

    public Task<string> ReadMemoryAsync(string tag, TagMemoryBank bank, int firstWord, int words, CancellationToken cancellationToken) => TagWords.AskAsync(
        tag, firstWord, words, () => PausedAsync((session, token) => MercuryMemory.ReadAsync(session, settings, tag, bank, firstWord, words, token), cancellationToken));

    /// <summary>A module that reads takes no other order than to stop.</summary>
    private Task<T> PausedAsync<T>(Func<MercurySession, CancellationToken, Task<T>> errand, CancellationToken cancellationToken) => _errands.RunAsync(
        async (session, token) =>
        {
            await session.StopReadingAsync(token);
            try
            {
                return await errand(session, token);
            }
            finally
            {
                await HalfWay.MustAsync(() => StartAsync(session, token));
            }
        },
        cancellationToken);

    private async Task StartAsync(MercurySession session, CancellationToken cancellationToken)
    {
        await session.StartReadingAsync(cancellationToken);
        _clock.KeepAlive(session.Arrival);
    }

    private async ValueTask TakeAsync(MercuryFrame frame, ObservedAt arrival, ISightingSink sink, CancellationToken cancellationToken)
    {
        if (frame.Command != MercuryCommand.TagReport)
            return;
        if (frame.Status != MercuryStatus.Success || frame.Data.IsEmpty)
        {
            if (BlindnessOf(frame.Status) is { } fault)
                throw fault;
            _clock.KeepAlive(arrival);
        }
        else if (MercuryTag.TryRead(frame.Data.Span, out var tag))
        {
            _unreadable = 0;
            if (tag.Epc.Length > 0)
            {
                // Reports of two antennas may overtake each other by a moment; time does not run backwards for that.
                _latest = ObservedAt.Later(_clock.ToDevice(tag.InCycle, arrival), _latest);
                await sink.PublishAsync(
                    new TagSighting(_latest, id, tag.Antenna ?? settings.Antennas[0], tag.Epc, tag.RssiDbm, tag.Count), cancellationToken);
            }
        }
        else if (++_unreadable > MostUnreadable)
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Protocol, $"The module at {settings.Port} reports tags in a way that is not known. Update its firmware.");
        }
    }

    /// <summary>A module that does not send radio waves hears no tag: its silence must not pass for an empty bay.</summary>
    private DeviceFaultException? BlindnessOf(ushort status) => status switch
    {
        MercuryStatus.TooHot => new DeviceFaultException(
            DeviceFaultKind.Lost, $"The module at {settings.Port} is too hot or too cold and pauses. Give it a heat sink or air, or lower powerDbm; it is tried again."),
        MercuryStatus.HighReturnLoss or MercuryStatus.NoAntenna => new DeviceFaultException(
            DeviceFaultKind.Lost, $"The module at {settings.Port} stopped sending: {MercuryStatus.Describe(status)}. Check the antenna, its cable and its plugs."),
        _ => null,
    };
}

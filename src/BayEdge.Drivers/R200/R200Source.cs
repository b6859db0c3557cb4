using System.Collections.Immutable;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.R200;

/// <summary>One module on one serial port.</summary>
/// <remarks>Modules of this family tell neither time nor antenna: a tag is dated by the arrival of its bytes, a few milliseconds late.</remarks>
/// <param name="id">The reader's configured id.</param>
internal sealed class R200Source(string id, R200Settings settings, ISerialPorts ports, TimeProvider time)
    : ISource, ITransmitPower, IRadioRegion, IAntennaPorts, ITagMemory
{
    public const int OnlyAntenna = 1;

    /// <summary>How many readings may fail in a row before the module is said to be blind.</summary>
    private const int MostFailures = 20;

    /// <summary>
    /// A module that has counted its rounds down, or found no tag and says nothing then, is silent. Stopping and starting it
    /// again mends the one, and its answer tells the other from a module that is gone.
    /// </summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(1);

    private readonly Errands<R200Session> _errands = new($"module at {settings.Port}");

    public async Task RunAsync(ISightingSink sink, CancellationToken cancellationToken)
    {
        settings.RequirePossible();
        using var session = await R200Session.OpenAsync(settings, ports, time, cancellationToken);
        try
        {
            await R200SetUp.ApplyAsync(session, settings, cancellationToken);
            await session.StartReadingAsync(cancellationToken);
            using var visit = _errands.Begin(session, sink, cancellationToken);
            await ListenAsync(session, visit, sink, cancellationToken);
        }
        finally
        {
            await session.LeaveAsync();
        }
    }

    public Task<TransmitPower> GetPowerAsync(CancellationToken cancellationToken) => PausedAsync(PowerAsync, cancellationToken);

    public Task<TransmitPower> SetPowerAsync(double dBm, CancellationToken cancellationToken) => PausedAsync(
        async (session, token) =>
        {
            SerialReadback.RequirePower("module", settings.Port, dBm, R200Settings.LeastPowerDbm, R200Settings.MostPowerDbm);
            await R200SetUp.ApplyPowerAsync(session, settings, (int)Math.Round(dBm * 100), token);
            return await PowerAsync(session, token);
        },
        cancellationToken);

    public Task<RadioRegion> GetRegionAsync(CancellationToken cancellationToken) => PausedAsync(
        async (session, token) =>
        {
            var code = await R200SetUp.RegionAsync(session, token);
            return new RadioRegion(R200Region.Of(code)?.Name, R200Region.Describe(code));
        },
        cancellationToken);

    /// <summary>Modules of this family have one port and do not feel what is connected to it.</summary>
    public Task<ImmutableArray<AntennaPort>> GetAntennasAsync(CancellationToken cancellationToken) =>
        Task.FromResult<ImmutableArray<AntennaPort>>([new AntennaPort(OnlyAntenna, Connected: null)]);

    public Task<string> ReadMemoryAsync(string tag, TagMemoryBank bank, int firstWord, int words, CancellationToken cancellationToken) => TagWords.AskAsync(
        tag, firstWord, words, () => PausedAsync((session, token) => R200Memory.ReadAsync(session, settings.Port, tag, bank, firstWord, words, token), cancellationToken));

    private static async Task<TransmitPower> PowerAsync(R200Session session, CancellationToken cancellationToken) =>
        new(await R200SetUp.PowerAsync(session, cancellationToken) / 100.0, LeastDbm: null, MostDbm: null);

    /// <summary>A module that reads answers nothing else, so the reading is interrupted for an errand.</summary>
    private Task<T> PausedAsync<T>(Func<R200Session, CancellationToken, Task<T>> errand, CancellationToken cancellationToken) => _errands.RunAsync(
        async (session, token) =>
        {
            await session.StopReadingAsync(token);
            try
            {
                return await errand(session, token);
            }
            finally
            {
                await HalfWay.MustAsync(() => session.StartReadingAsync(token));
            }
        },
        cancellationToken);

    private async Task ListenAsync(R200Session session, Errands<R200Session>.Visit visit, ISightingSink sink, CancellationToken cancellationToken)
    {
        var failures = 0;
        Func<CancellationToken, ValueTask<R200Frame?>> next = interrupt => session.NextAsync(LongestSilence, interrupt);
        while (true)
        {
            if (await visit.NextAsync(next) is not { } frame)
            {
                await session.StartReadingAsync(cancellationToken);
                continue;
            }

            if (frame is { Type: R200FrameType.Notification, Command: R200Command.SinglePoll or R200Command.MultiPoll })
            {
                var readable = R200Tag.TryRead(frame.Parameters.Span, out var tag);
                if (readable && tag.Epc.Length > 0)
                    await sink.PublishAsync(new TagSighting(session.Arrival, id, OnlyAntenna, tag.Epc, tag.RssiDbm, Count: 1), cancellationToken);
                failures = readable ? 0 : failures + 1;
            }
            else if (frame.Failure is { } failure)
            {
                failures = failure == R200Failure.NoTag ? 0 : failures + 1;
            }

            if (failures > MostFailures)
                throw Blind(frame);
        }
    }

    private DeviceFaultException Blind(R200Frame last) => last.Failure switch
    {
        R200Failure.ChannelsBusy => new DeviceFaultException(
            DeviceFaultKind.Busy,
            $"The module at {settings.Port} finds all radio channels busy. Another reader is too near or too strong: lower its power or move it."),
        { } failure => new DeviceFaultException(
            DeviceFaultKind.Refused, $"The module at {settings.Port} cannot read: {R200Failure.Describe(failure)}. Unplug it and plug it in again."),
        null => new DeviceFaultException(
            DeviceFaultKind.Protocol, $"The module at {settings.Port} reports tags whose checksum is wrong. Check the cable and the module's power supply."),
    };
}

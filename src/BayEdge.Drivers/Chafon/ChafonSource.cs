using System.Collections.Immutable;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.Chafon;

/// <summary>One reader on one serial port, asked for its tags again and again.</summary>
/// <remarks>These readers tell no time: a tag is dated by the arrival of the answer, at most one inventory late.</remarks>
/// <param name="id">The reader's configured id.</param>
internal sealed class ChafonSource(string id, ChafonSettings settings, ISerialPorts ports, TimeProvider time)
    : ISource, ITransmitPower, IRadioRegion, IDigitalPorts, ITagMemory
{
    private const int Attempts = 3;
    private const byte TargetA = 0;
    private const byte TargetB = 1;

    /// <summary>The shortest inventory that makers promise to work, in their unit of 100 ms.</summary>
    private const byte ScanTime = 3;

    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(700);

    private readonly List<ChafonTag> _tags = [];
    private readonly Errands<ChafonSession> _errands = new($"reader at {settings.Port}");

    public async Task RunAsync(ISightingSink sink, CancellationToken cancellationToken)
    {
        settings.RequirePossible();
        using var session = await ChafonSession.OpenAsync(settings, ports, time, cancellationToken);
        await ChafonSetUp.ApplyAsync(session, settings, cancellationToken);
        var model = settings.Model ?? session.Information.Model;
        using var visit = _errands.Begin(session, sink, cancellationToken);
        await ListenAsync(session, model, sink, visit.RunWaitingAsync, cancellationToken);
    }

    public Task<TransmitPower> GetPowerAsync(CancellationToken cancellationToken) =>
        _errands.RunAsync((session, _) => Task.FromResult(PowerOf(session)), cancellationToken);

    public Task<TransmitPower> SetPowerAsync(double dBm, CancellationToken cancellationToken) => _errands.RunAsync(
        async (session, token) =>
        {
            SerialReadback.RequirePower("reader", settings.Port, dBm, ChafonSettings.LeastPowerDbm, ChafonSettings.MostPowerDbm);
            await ChafonSetUp.ApplyPowerAsync(session, settings, (int)Math.Floor(dBm), token);
            return PowerOf(session);
        },
        cancellationToken);

    public Task<RadioRegion> GetRegionAsync(CancellationToken cancellationToken) => _errands.RunAsync(
        (session, _) => Task.FromResult(new RadioRegion(ChafonBand.Of(session.Information.Band)?.Name, ChafonBand.Describe(session.Information.Band))), cancellationToken);

    public Task<ImmutableArray<DigitalInput>> GetInputsAsync(CancellationToken cancellationToken) =>
        _errands.RunAsync((session, token) => ChafonPins.InputsAsync(session, settings, token), cancellationToken);

    public Task<ImmutableArray<DigitalOutput>> GetOutputsAsync(CancellationToken cancellationToken) =>
        _errands.RunAsync((session, token) => ChafonPins.OutputsAsync(session, settings, token), cancellationToken);

    public Task SetOutputAsync(int port, bool on, CancellationToken cancellationToken) =>
        _errands.RunAsync((session, token) => ChafonPins.SetAsync(session, settings, port, on, token), cancellationToken);

    public Task<string> ReadMemoryAsync(string tag, TagMemoryBank bank, int firstWord, int words, CancellationToken cancellationToken) => TagWords.AskAsync(
        tag, firstWord, words, () => _errands.RunAsync((session, token) => ChafonMemory.ReadAsync(session, settings.Port, tag, bank, firstWord, words, token), cancellationToken), ChafonMemory.LastWord);

    /// <summary>Asks for tags through all antennas in turn, without end.</summary>
    /// <param name="between">Run between two inventories.</param>
    public async Task ListenAsync(
        ChafonSession session, ChafonModel model, ISightingSink sink, Func<ValueTask> between, CancellationToken cancellationToken)
    {
        var target = settings.Antennas.ToDictionary(antenna => antenna, _ => TargetA);
        while (true)
        {
            foreach (var antenna in settings.Antennas)
            {
                await between();
                var found = await InventoryAsync(session, model, antenna, target[antenna], sink, cancellationToken);

                // A tag that answered may keep still until it is asked for the other of its two states: then nobody answers.
                if (!found)
                    target[antenna] = target[antenna] == TargetA ? TargetB : TargetA;
            }
        }
    }

    private static TransmitPower PowerOf(ChafonSession session) => new(session.Information.PowerDbm, LeastDbm: null, MostDbm: null);

    private static TimeSpan LimitOf(ChafonSession session, ChafonModel model) =>
        Slack + (model == ChafonModel.UhfReader18 ? session.Information.ScanTime : TimeSpan.FromMilliseconds(100 * ScanTime));

    /// <returns>Whether a tag was found.</returns>
    private async Task<bool> InventoryAsync(
        ChafonSession session, ChafonModel model, int antenna, byte target, ISightingSink sink, CancellationToken cancellationToken)
    {
        byte last = 0;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            await session.TellAsync(ChafonCommand.Inventory, Parameters(model, antenna, target), cancellationToken);
            var (ended, found) = await CollectAsync(session, model, antenna, sink, cancellationToken);
            if (ended is { } status && status != ChafonStatus.AntennaError)
                return found;
            last = ended ?? 0;
        }

        throw last == ChafonStatus.AntennaError
            ? new DeviceFaultException(DeviceFaultKind.Refused, $"The reader at {settings.Port} finds no antenna at port {antenna}. Check the antenna's cable.")
            : session.Silent();
    }

    /// <summary>All frames of one inventory.</summary>
    /// <returns>The status of the last frame, null when it did not come in time; whether a tag was found.</returns>
    private async Task<(byte? Ended, bool Found)> CollectAsync(
        ChafonSession session, ChafonModel model, int antenna, ISightingSink sink, CancellationToken cancellationToken)
    {
        var found = false;
        while (await session.AnswerAsync(ChafonCommand.Inventory, LimitOf(session, model), cancellationToken) is { } frame)
        {
            if (ChafonStatus.HasTags(frame.Status))
            {
                if (!ChafonTags.TryRead(model, frame.Data.Span, _tags))
                    throw OtherModel(model);
                foreach (var tag in _tags.Where(tag => tag.Epc.Length > 0))
                {
                    found = true;
                    await sink.PublishAsync(
                        new TagSighting(session.Arrival, id, tag.Antenna ?? antenna, tag.Epc, tag.RawStrength + settings.StrengthOffset, Count: 1),
                        cancellationToken);
                }
            }
            else if (frame.Status is ChafonStatus.WrongLength or ChafonStatus.UnknownCommand or ChafonStatus.WrongParameter)
            {
                throw OtherModel(model);
            }
            else if (frame.Status is not (ChafonStatus.NoTag or ChafonStatus.AntennaError or ChafonStatus.Statistics))
            {
                throw session.Refused(ChafonCommand.Inventory, frame.Status);
            }

            if (frame.Status is not (ChafonStatus.MoreFollows or ChafonStatus.Statistics))
                return (frame.Status, found);
        }

        return (null, found);
    }

    /// <summary>No filter, session S0, one antenna (UHFReader288MP user manual V1.14, section 8.2.1); the older readers take no parameters.</summary>
    private static byte[] Parameters(ChafonModel model, int antenna, byte target)
    {
        const byte fewTags = 4, session0 = 0, firstAntenna = 0x80;
        return model == ChafonModel.UhfReader18 ? [] : [fewTags, session0, target, (byte)(firstAntenna + antenna - 1), ScanTime];
    }

    private DeviceFaultException OtherModel(ChafonModel model)
    {
        var (assumed, other) = model == ChafonModel.UhfReader18 ? ("18", "288") : ("288", "18");
        return new DeviceFaultException(
            DeviceFaultKind.Protocol, $"The reader at {settings.Port} does not take or give tags as a UHFReader{assumed} does. Set model to {other}.");
    }
}

using System.Collections.Immutable;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Llrp.Protocol;

namespace BayEdge.Drivers.Llrp;

/// <summary>A session in which the reader is set up and ordered to read, and may be ordered anew.</summary>
internal sealed class LlrpReading
{
    private readonly LlrpSession _session;
    private readonly LlrpSettings _settings;
    private readonly bool _extended;

    public LlrpReading(LlrpSession session, LlrpSettings settings, LlrpAbilities abilities, bool extended) =>
        (_session, _settings, Abilities, _extended, Memory) = (session, settings, abilities, extended, new LlrpMemory(session, settings.Address));

    public LlrpSession Session => _session;

    public LlrpAbilities Abilities { get; }

    public LlrpMemory Memory { get; }

    /// <summary>The configured one, else the one in which the reader says that it sends; null when neither is known.</summary>
    private RadioBand? Band => _settings.Band ?? (Abilities.Region?.Name is { } name ? RadioBand.Named(name) : null);

    /// <summary>Sets the reader up; it reads once <see cref="OrderAsync"/> has told it to.</summary>
    /// <exception cref="DeviceFaultException">The reader cannot do what is configured, or refuses.</exception>
    public static async Task<LlrpReading> SetUpAsync(LlrpSession session, LlrpSettings settings, CancellationToken cancellationToken)
    {
        var abilities = await LlrpAbilities.AskAsync(session, settings.Address, cancellationToken);
        abilities.RequireBand(settings);
        var ports = await AntennaPorts.AskAsync(session, cancellationToken);
        if (AntennaPorts.Fault(settings, abilities.Device, ports) is { } fault)
            throw fault;
        var extended = await ExtendAsync(session, settings, abilities.Device, cancellationToken);
        await LlrpMemory.ForgetAsync(session, cancellationToken);
        var keepAlive = new KeepAliveSpec(KeepAliveSpec.Periodic, (uint)settings.KeepAlive.TotalMilliseconds);
        await session.RequestAsync(
            new SetReaderConfig(ResetToFactoryDefault: false, [ReadingWatch.Events, keepAlive, new EventsAndReports(false)]), cancellationToken);
        return new LlrpReading(session, settings, abilities, extended);
    }

    /// <summary>Has the reader read, with this power from now on.</summary>
    /// <param name="powerDbm">Null leaves the reader's own.</param>
    /// <exception cref="DeviceFaultException">The reader cannot send so, or refuses.</exception>
    public async Task OrderAsync(double? powerDbm, CancellationToken cancellationToken)
    {
        // The end of an order of ours is wanted here. And one that another program left behind would block the antennas.
        _session.Watch(null);
        await _session.RequestAsync(new SpecCommand(MessageType.DeleteRoSpec, SpecId: 0), cancellationToken);
        var transmitters = await TransmittersAsync(powerDbm, cancellationToken);
        var roSpec = RoSpecPlan.Build(_settings, transmitters, _extended);
        await _session.RequestAsync(new PlainMessage(MessageType.AddRoSpec, [roSpec]), cancellationToken);
        if (powerDbm is not null)
            await ComparePowerAsync(transmitters, cancellationToken);
        _session.Watch(new ReadingWatch(_settings.Address, roSpec.Id, _settings.Antennas));
        await _session.RequestAsync(new SpecCommand(MessageType.EnableRoSpec, roSpec.Id), cancellationToken);

        // A reader that an earlier client told to hold its reports until a client is ready would else wait for ever.
        await _session.TellAsync(new PlainMessage(MessageType.EnableEventsAndReports), cancellationToken);
    }

    /// <summary>Changes the power of a reader that reads.</summary>
    /// <exception cref="DeviceFaultException">The reader cannot send so; where it refused half-way, it is lost and set up anew.</exception>
    public async Task<TransmitPower> ChangePowerAsync(double powerDbm, CancellationToken cancellationToken)
    {
        RequirePossible(powerDbm);
        await HalfWay.MustAsync(() => OrderAsync(powerDbm, cancellationToken));
        return await PowerAsync(cancellationToken);
    }

    /// <summary>Whether the reader holds orders of another program; null when it does not tell.</summary>
    public async Task<bool?> HoldsOrdersAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await _session.RequestAsync(new PlainMessage(MessageType.GetRoSpecs), cancellationToken)).Parameters.OfType<RoSpec>().Any();
        }
        catch (DeviceFaultException fault) when (fault.Kind == DeviceFaultKind.Refused)
        {
            return null;
        }
    }

    /// <summary>What the reader sends with now: as it was ordered, else as it is set.</summary>
    public async Task<TransmitPower> PowerAsync(CancellationToken cancellationToken)
    {
        var antenna = RoSpecPlan.AntennasOf(_settings)[0];
        var transmitter = (await OrderedTransmittersAsync(cancellationToken)).GetValueOrDefault(antenna)
            ?? RoSpecPlan.TransmitterOf(antenna, await ConfigurationAsync(cancellationToken));
        return Abilities.Power(transmitter.PowerIndex) ?? throw new DeviceFaultException(
            DeviceFaultKind.Refused, $"The reader at {_settings.Address} does not say in dBm with which power it sends.");
    }

    /// <summary>Agrees with the reader to speak its maker's extensions, which lasts for this connection only.</summary>
    /// <returns>Whether the reader agrees.</returns>
    /// <exception cref="DeviceFaultException">It does not, and what is configured needs them.</exception>
    public static async Task<bool> ExtendAsync(
        LlrpSession session, LlrpSettings settings, GeneralDeviceCapabilities? device, CancellationToken cancellationToken)
    {
        var extended = device is not null && LlrpVendor.Of(device.Manufacturer).SpeaksImpinj && await ExtendAsync(session, cancellationToken);
        return extended || !settings.BySerialNumber ? extended : throw new DeviceFaultException(
            DeviceFaultKind.Refused, $"The reader at {settings.Address} cannot tell the serial numbers of tags (FastID); Impinj readers can. Set identity to EPC.");
    }

    private static async Task<bool> ExtendAsync(LlrpSession session, CancellationToken cancellationToken)
    {
        try
        {
            await session.RequestAsync(ImpinjExtensions.Enable, cancellationToken);
            return true;
        }
        catch (DeviceFaultException fault) when (fault.Kind == DeviceFaultKind.Refused)
        {
            // Firmware without them reads as any LLRP reader does.
            return false;
        }
    }

    /// <summary>The power of each antenna, with the channel that the reader uses already.</summary>
    private async Task<ImmutableSortedDictionary<ushort, RfTransmitter>> TransmittersAsync(double? powerDbm, CancellationToken cancellationToken)
    {
        if (powerDbm is not { } wantedDbm)
        {
            await RequireOwnPowerAllowedAsync(cancellationToken);
            return ImmutableSortedDictionary<ushort, RfTransmitter>.Empty;
        }

        var power = RequirePossible(wantedDbm);
        var current = await ConfigurationAsync(cancellationToken);
        return RoSpecPlan.AntennasOf(_settings).ToImmutableSortedDictionary(
            antenna => antenna, antenna => RoSpecPlan.TransmitterOf(antenna, current) with { PowerIndex = power.Index });
    }

    private TransmitPowerLevel RequirePossible(double powerDbm)
    {
        _settings.RequireAllowed(Band, powerDbm);
        return Abilities.Choose(powerDbm);
    }

    /// <summary>A power that nobody configured must be lawful, too, where somebody says what the law is.</summary>
    private async Task RequireOwnPowerAllowedAsync(CancellationToken cancellationToken)
    {
        if (_settings.Band is not { } band)
            return;
        var current = await ConfigurationAsync(cancellationToken);
        foreach (var antenna in RoSpecPlan.AntennasOf(_settings))
        {
            if (Abilities.Power(RoSpecPlan.TransmitterOf(antenna, current).PowerIndex) is { } own)
                band.RequireOwnAllowed($"reader at {_settings.Address}", own.NowDbm, _settings.AntennaGainDbi);
        }
    }

    private async Task<ImmutableArray<LlrpParameter>> ConfigurationAsync(CancellationToken cancellationToken) => (await _session.RequestAsync(
        new GetReaderConfig(Antenna: 0, GetReaderConfig.AntennaSettingsOnly, GpiPort: 0, GpoPort: 0, []), cancellationToken)).Parameters;

    private async Task ComparePowerAsync(ImmutableSortedDictionary<ushort, RfTransmitter> wanted, CancellationToken cancellationToken)
    {
        var ordered = await OrderedTransmittersAsync(cancellationToken);
        foreach (var (antenna, transmitter) in wanted)
        {
            if (ordered.TryGetValue(antenna, out var found) && found.PowerIndex != transmitter.PowerIndex)
            {
                throw new DeviceFaultException(
                    DeviceFaultKind.Refused,
                    $"The reader at {_settings.Address} was told to send with {Abilities.InWords(transmitter.PowerIndex)} through port {antenna} but uses {Abilities.InWords(found.PowerIndex)}. Set powerDbm to what the reader can do.");
            }
        }
    }

    /// <returns>By antenna, as the reader tells its order; none when it names no power, or does not tell its orders.</returns>
    private async Task<Dictionary<ushort, RfTransmitter>> OrderedTransmittersAsync(CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _session.RequestAsync(new PlainMessage(MessageType.GetRoSpecs), cancellationToken);
            return answer.Parameters.OfType<RoSpec>().Where(spec => spec.Id == RoSpecPlan.RoSpecId)
                .SelectMany(spec => spec.Parameters.OfType<AiSpec>())
                .SelectMany(spec => spec.Parameters.OfType<InventoryParameterSpec>())
                .SelectMany(spec => spec.Parameters.OfType<AntennaSettings>())
                .Select(antenna => (antenna.Antenna, Transmitter: antenna.Parameters.Find<RfTransmitter>()))
                .Where(antenna => antenna.Transmitter is not null)
                .DistinctBy(antenna => antenna.Antenna)
                .ToDictionary(antenna => antenna.Antenna, antenna => antenna.Transmitter!);
        }
        catch (DeviceFaultException fault) when (fault.Kind == DeviceFaultKind.Refused)
        {
            // A reader that does not know the question is believed.
            return [];
        }
    }
}

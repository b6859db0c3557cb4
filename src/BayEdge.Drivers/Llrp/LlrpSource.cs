using System.Collections.Immutable;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Llrp.Protocol;

namespace BayEdge.Drivers.Llrp;

/// <summary>One LLRP reader, through one connection at a time.</summary>
/// <param name="id">The reader's configured id.</param>
internal sealed class LlrpSource(string id, LlrpSettings settings, TimeProvider time) : ISource
{
    public async Task RunAsync(ISightingSink sink, CancellationToken cancellationToken)
    {
        using var session = await LlrpSession.OpenAsync(settings.Address, time, cancellationToken);
        try
        {
            var mapper = new TagReportMapper(id, settings);
            mapper.Greet(session.Greeting, session.Arrival);
            await SetUpAsync(session, cancellationToken);
            sink.Ready();
            await ListenAsync(session, mapper, sink, cancellationToken);
        }
        finally
        {
            await session.LeaveAsync(RoSpecPlan.RoSpecId);
        }
    }

    private async Task SetUpAsync(LlrpSession session, CancellationToken cancellationToken)
    {
        var capabilities = (await session.RequestAsync(new GetReaderCapabilities(0, []), cancellationToken)).Parameters;
        var device = capabilities.Find<GeneralDeviceCapabilities>();
        var ports = await AntennaPorts.AskAsync(session, cancellationToken);
        if (AntennaPorts.Fault(settings, device, ports) is { } fault)
            throw fault;
        var extended = device?.Manufacturer == ImpinjExtensions.Vendor && await ExtendAsync(session, cancellationToken);
        if (settings.BySerialNumber && !extended)
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Refused, $"The reader at {settings.Address} cannot tell the serial numbers of tags (FastID); Impinj readers can. Set identity to EPC.");
        }

        var keepAlive = new KeepAliveSpec(KeepAliveSpec.Periodic, (uint)settings.KeepAlive.TotalMilliseconds);
        await session.RequestAsync(
            new SetReaderConfig(ResetToFactoryDefault: false, [ReadingWatch.Events, keepAlive, new EventsAndReports(false)]), cancellationToken);

        // A ROSpec that another program left behind would block the antennas.
        await session.RequestAsync(new RoSpecCommand(MessageType.DeleteRoSpec, RoSpecId: 0), cancellationToken);
        var roSpec = RoSpecPlan.Build(settings, await TransmittersAsync(session, capabilities, cancellationToken), extended);
        await session.RequestAsync(new PlainMessage(MessageType.AddRoSpec, [roSpec]), cancellationToken);
        session.Watch(new ReadingWatch(settings.Address, roSpec.Id, settings.Antennas));
        await session.RequestAsync(new RoSpecCommand(MessageType.EnableRoSpec, roSpec.Id), cancellationToken);

        // A reader that an earlier client told to hold its reports until a client is ready would else wait for ever.
        await session.TellAsync(new PlainMessage(MessageType.EnableEventsAndReports), cancellationToken);
    }

    /// <returns>Whether the reader agrees to speak its maker's extensions.</returns>
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
    private async Task<ImmutableSortedDictionary<ushort, RfTransmitter>> TransmittersAsync(
        LlrpSession session, ImmutableArray<LlrpParameter> capabilities, CancellationToken cancellationToken)
    {
        if (settings.PowerDbm is not { } wantedDbm)
            return ImmutableSortedDictionary<ushort, RfTransmitter>.Empty;

        var power = RoSpecPlan.ChoosePower(capabilities, wantedDbm, settings.Address);
        var current = await session.RequestAsync(
            new GetReaderConfig(Antenna: 0, GetReaderConfig.AntennaSettingsOnly, GpiPort: 0, GpoPort: 0, []), cancellationToken);
        return RoSpecPlan.AntennasOf(settings).ToImmutableSortedDictionary(
            antenna => antenna, antenna => RoSpecPlan.TransmitterOf(antenna, current.Parameters) with { PowerIndex = power.Index });
    }

    private async Task ListenAsync(LlrpSession session, TagReportMapper mapper, ISightingSink sink, CancellationToken cancellationToken)
    {
        while (true)
        {
            var report = await session.NextReportAsync(settings.LongestSilence, cancellationToken);
            try
            {
                foreach (var sighting in mapper.Map(report, session.Arrival))
                    await sink.PublishAsync(sighting, cancellationToken);
            }
            catch (LlrpFormatException exception)
            {
                throw session.Malformed(exception);
            }
        }
    }
}

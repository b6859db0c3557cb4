using System.Collections.Immutable;
using BayEdge.Drivers.Llrp.Protocol;

namespace BayEdge.Drivers.Llrp;

/// <summary>What the reader is asked to do, worked out from the settings and what the reader can.</summary>
internal static class RoSpecPlan
{
    /// <summary>Any number will do: every other ROSpec is deleted first.</summary>
    public const uint RoSpecId = 1;

    /// <summary>How many tags a bay and its neighbours may show at once; it sets the reader's first guess only.</summary>
    private const ushort ExpectedTags = 16;

    private const ushort AllAntennas = 0;

    private const TagReportContent NeededContent =
        TagReportContent.AntennaId | TagReportContent.PeakRssi | TagReportContent.FirstSeen
        | TagReportContent.LastSeen | TagReportContent.TagSeenCount;

    /// <summary>Reads without end through the configured antennas and reports every tag at once.</summary>
    /// <remarks>
    /// A report for every single tag (N = 1) is the one trigger of LLRP 1.0.1 that also reports a lone parked tag in time:
    /// with a larger N it would wait for tags that never come.
    /// </remarks>
    /// <param name="transmitters">By antenna; empty leaves the reader's own power.</param>
    /// <param name="extended">Whether the reader has agreed to Impinj's extensions.</param>
    public static RoSpec Build(LlrpSettings settings, ImmutableSortedDictionary<ushort, RfTransmitter> transmitters, bool extended)
    {
        var antennas = AntennasOf(settings);
        var inventory = new InventoryParameterSpec(1, InventoryParameterSpec.Gen2, [.. antennas.Select(Configure)]);
        return new RoSpec(RoSpecId, Priority: 0, State: 0,
        [
            new RoBoundarySpec([new RoSpecStartTrigger(RoSpecStartTrigger.Immediate, []), new RoSpecStopTrigger(RoSpecStopTrigger.Null, 0, [])]),
            new AiSpec(antennas, [new AiSpecStopTrigger(AiSpecStopTrigger.Null, 0, []), inventory]),
            new RoReportSpec(RoReportSpec.UponTagsOrEndOfAiSpec, N: 1,
                extended
                    ? [new TagReportContentSelector(NeededContent, []), ImpinjExtensions.ReportContent(settings.BySerialNumber)]
                    : [new TagReportContentSelector(NeededContent, [])]),
        ]);

        AntennaSettings Configure(ushort antenna)
        {
            // Without state awareness the reader itself reads tags of both inventoried states, again and again.
            var singulation = new Gen2SingulationControl(settings.Session, ExpectedTags, TransitTimeMs: 0, []);
            var inventoryCommand = new Gen2InventoryCommand(StateAware: false, extended ? [singulation, ImpinjExtensions.SearchBothTargets] : [singulation]);
            return new AntennaSettings(antenna, transmitters.TryGetValue(antenna, out var transmitter) ? [transmitter, inventoryCommand] : [inventoryCommand]);
        }
    }

    public static ImmutableArray<ushort> AntennasOf(LlrpSettings settings) => settings.Antennas.IsEmpty ? [AllAntennas] : settings.Antennas;

    /// <summary>How the reader drives the antenna now, so that its hop table and channel stay; the first ones when it does not tell.</summary>
    public static RfTransmitter TransmitterOf(ushort antenna, ImmutableArray<LlrpParameter> configuration) =>
        configuration.OfType<AntennaSettings>()
            .Where(known => antenna == AllAntennas || known.Antenna == antenna)
            .Select(known => known.Parameters.Find<RfTransmitter>())
            .FirstOrDefault(transmitter => transmitter is not null) ?? new RfTransmitter(HopTable: 1, Channel: 1, PowerIndex: 0);
}

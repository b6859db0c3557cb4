using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using BayEdge.Drivers.Llrp.Protocol;

namespace BayEdge.Drivers.Tests.Llrp.Protocol;

/// <summary>Writes decoded messages as the XML of the LLRP tool kit does, so that every field can be compared with it.</summary>
internal static class LtkXml
{
    public static XElement Of(LlrpMessage message) => message switch
    {
        PlainMessage plain => Element(NameOf(plain.Type), Of(plain.Parameters)),
        SpecCommand command => Element(NameOf(command.Type), Field("ROSpecID", command.SpecId)),
        GetReaderCapabilities => Element("GET_READER_CAPABILITIES", Field("RequestedData", "All")),
        GetReaderConfig config => Element(
            "GET_READER_CONFIG", Field("AntennaID", config.Antenna), Field("RequestedData", "All"),
            Field("GPIPortNum", config.GpiPort), Field("GPOPortNum", config.GpoPort)),
        SetReaderConfig config => Element("SET_READER_CONFIG", Flag("ResetToFactoryDefault", config.ResetToFactoryDefault), Of(config.Parameters)),
        RoAccessReport report => Element("RO_ACCESS_REPORT", report.Tags.Select(Of)),
        CustomMessage custom => Element(
            "CUSTOM_MESSAGE", Field("VendorIdentifier", custom.Vendor), Field("MessageSubtype", custom.Subtype), Hex("Data", custom.Data)),
        _ => throw new ArgumentException($"No XML for {message}."),
    };

    private static IEnumerable<XElement> Of(ImmutableArray<LlrpParameter> parameters) => parameters.Select(Of);

    private static XElement Of(LlrpParameter parameter) => parameter switch
    {
        RoSpec spec => Element(
            "ROSpec", Field("ROSpecID", spec.Id), Field("Priority", spec.Priority),
            Choice("CurrentState", spec.State, "Disabled"), Of(spec.Parameters)),
        RoBoundarySpec spec => Element("ROBoundarySpec", Of(spec.Parameters)),
        RoSpecStartTrigger trigger => Element("ROSpecStartTrigger", Choice("ROSpecStartTriggerType", trigger.Trigger, "Null"), Of(trigger.Parameters)),
        RoSpecStopTrigger trigger => Element(
            "ROSpecStopTrigger", Choice("ROSpecStopTriggerType", trigger.Trigger, "Null"), Field("DurationTriggerValue", trigger.DurationMs)),
        AiSpec spec => Element("AISpec", Field("AntennaIDs", string.Join(' ', spec.Antennas)), Of(spec.Parameters)),
        AiSpecStopTrigger trigger => Element(
            "AISpecStopTrigger", Choice("AISpecStopTriggerType", trigger.Trigger, "Null"), Field("DurationTrigger", trigger.DurationMs)),
        InventoryParameterSpec spec => Element(
            "InventoryParameterSpec", Field("InventoryParameterSpecID", spec.Id),
            Choice("ProtocolID", spec.AirProtocol, "Unspecified", "EPCGlobalClass1Gen2"), Of(spec.Parameters)),
        AntennaSettings antenna => Element("AntennaConfiguration", Field("AntennaID", antenna.Antenna), Of(antenna.Parameters)),
        RfReceiver receiver => Element("RFReceiver", Field("ReceiverSensitivity", receiver.SensitivityIndex)),
        RfTransmitter transmitter => Element(
            "RFTransmitter", Field("HopTableID", transmitter.HopTable), Field("ChannelIndex", transmitter.Channel),
            Field("TransmitPower", transmitter.PowerIndex)),
        Gen2InventoryCommand command => Element("C1G2InventoryCommand", Flag("TagInventoryStateAware", command.StateAware), Of(command.Parameters)),
        Gen2RfControl control => Element("C1G2RFControl", Field("ModeIndex", control.ModeIndex), Field("Tari", control.TariNanoseconds)),
        Gen2SingulationControl control => Element(
            "C1G2SingulationControl", Field("Session", LowestBitFirst(control.Session)), Field("TagPopulation", control.TagPopulation),
            Field("TagTransitTime", control.TransitTimeMs)),
        CustomParameter custom => Element(
            "Custom", Field("VendorIdentifier", custom.Vendor), Field("ParameterSubtype", custom.Subtype), Hex("Data", custom.Data)),
        _ => OfAccess(parameter) ?? OfReporting(parameter),
    };

    private static XElement? OfAccess(LlrpParameter parameter) => parameter switch
    {
        AccessSpec spec => Element(
            "AccessSpec", Field("AccessSpecID", spec.Id), Field("AntennaID", spec.Antenna), Choice("ProtocolID", spec.AirProtocol, "Unspecified", "EPCGlobalClass1Gen2"),
            Choice("CurrentState", spec.Active ? 1 : 0, "Disabled", "Active"), Field("ROSpecID", spec.RoSpecId), Of(spec.Parameters)),
        AccessSpecStopTrigger trigger => Element(
            "AccessSpecStopTrigger", Choice("AccessSpecStopTrigger", trigger.Trigger, "Null", "Operation_Count"), Field("OperationCountValue", trigger.Operations)),
        AccessCommand command => Element("AccessCommand", Of(command.Parameters)),
        Gen2TagSpec spec => Element("C1G2TagSpec", Of(spec.Parameters)),
        Gen2TargetTag tag => Element(
            "C1G2TargetTag", Field("MB", LowestBitFirst((byte)tag.Bank)), Flag("Match", tag.Match), Field("Pointer", tag.FirstBit),
            Field("TagMask", Convert.ToHexStringLower(tag.Mask.Bytes.Span)), Field("TagData", Convert.ToHexStringLower(tag.Data.Bytes.Span))),
        Gen2Write write => Element(
            "C1G2Write", Field("OpSpecID", write.Id), Field("AccessPassword", write.Password), Field("MB", LowestBitFirst((byte)write.Bank)),
            Field("WordPointer", write.FirstWord), Field("WriteData", string.Join(' ', write.Data.ToArray().Chunk(2).Select(Convert.ToHexStringLower)))),
        _ => null,
    };

    private static XElement OfReporting(LlrpParameter parameter) => parameter switch
    {
        RoReportSpec spec => Element(
            "ROReportSpec",
            Choice("ROReportTrigger", spec.Trigger, "None", "Upon_N_Tags_Or_End_Of_AISpec", "Upon_N_Tags_Or_End_Of_ROSpec"),
            Field("N", spec.N), Of(spec.Parameters)),
        TagReportContentSelector selector => Element("TagReportContentSelector", OfFlags(selector.Content)),
        AccessReportSpec spec => Element("AccessReportSpec", Choice("AccessReportTrigger", spec.Trigger, "Whenever_ROReport_Is_Generated", "End_Of_AccessSpec")),
        KeepAliveSpec spec => Element(
            "KeepaliveSpec", Choice("KeepaliveTriggerType", spec.Trigger, "Null", "Periodic"), Field("PeriodicTriggerValue", spec.PeriodMs)),
        EventsAndReports events => Element("EventsAndReports", Flag("HoldEventsAndReportsUponReconnect", events.HoldUponReconnect)),
        ReaderEventNotificationSpec spec => Element("ReaderEventNotificationSpec", Of(spec.Parameters)),
        EventNotificationState state => Element(
            "EventNotificationState",
            Choice("EventType", state.EventType, "Upon_Hopping_To_Next_Channel", "GPI_Event", "ROSpec_Event", "Report_Buffer_Fill_Warning",
                "Reader_Exception_Event", "RFSurvey_Event", "AISpec_Event", "AISpec_Event_With_Details", "Antenna_Event"),
            Flag("NotificationState", state.Enabled)),
        ReaderEventNotificationData data => Element("ReaderEventNotificationData", Of(data.Parameters)),
        UtcTimestamp timestamp => Element("UTCTimestamp", Time(timestamp.Microseconds)),
        ConnectionAttemptEvent attempt => Element("ConnectionAttemptEvent", Field("Status", attempt.Status)),
        _ => throw new ArgumentException($"No XML for {parameter}."),
    };

    private static XElement Of(TagReport tag) => Element(
        "TagReportData",
        Element("EPC_96", Field("EPC", tag.Epc.ToLowerInvariant())),
        Wrapped("ROSpecID", tag[TvField.RoSpecId]),
        Wrapped("SpecIndex", tag[TvField.SpecIndex]),
        Wrapped("InventoryParameterSpecID", tag[TvField.InventoryParameterSpecId]),
        Wrapped("AntennaID", tag.Antenna),
        Wrapped("PeakRSSI", tag.PeakRssiDbm),
        Wrapped("ChannelIndex", tag[TvField.ChannelIndex]),
        Element("FirstSeenTimestampUTC", Time(tag.FirstSeenUtcMicroseconds!.Value)),
        Element("LastSeenTimestampUTC", Time(tag.LastSeenUtcMicroseconds!.Value)),
        Element("TagSeenCount", Field("TagCount", tag.SeenCount)));

    private static IEnumerable<XElement> OfFlags(TagReportContent content) =>
        from flag in new (string Name, TagReportContent Flag)[]
        {
            ("EnableROSpecID", TagReportContent.RoSpecId),
            ("EnableSpecIndex", TagReportContent.SpecIndex),
            ("EnableInventoryParameterSpecID", TagReportContent.InventoryParameterSpecId),
            ("EnableAntennaID", TagReportContent.AntennaId),
            ("EnableChannelIndex", TagReportContent.ChannelIndex),
            ("EnablePeakRSSI", TagReportContent.PeakRssi),
            ("EnableFirstSeenTimestamp", TagReportContent.FirstSeen),
            ("EnableLastSeenTimestamp", TagReportContent.LastSeen),
            ("EnableTagSeenCount", TagReportContent.TagSeenCount),
            ("EnableAccessSpecID", TagReportContent.AccessSpecId),
        }
        select Flag(flag.Name, content.HasFlag(flag.Flag));

    private static string NameOf(MessageType type) => type switch
    {
        MessageType.ReaderEventNotification => "READER_EVENT_NOTIFICATION",
        MessageType.StartRoSpec => "START_ROSPEC",
        _ => type.SpecificationName(),
    };

    private static XElement Element(string name, params object[] content) => new(name, content);

    private static XElement Wrapped(string name, object? value) => Element(name, Field(name, value));

    private static XElement Field(string name, object? value) => new(name, Convert.ToString(value, CultureInfo.InvariantCulture));

    private static XElement Flag(string name, bool value) => Field(name, value ? 1 : 0);

    private static XElement Choice(string name, int value, params string[] names) => Field(name, names[value]);

    private static XElement Hex(string name, ReadOnlyMemory<byte> bytes) => Field(name, Convert.ToHexString(bytes.Span));

    /// <summary>The version of the tool kit that wrote the frames turned fields of two bits round; the specification, tshark and its later versions do not.</summary>
    private static int LowestBitFirst(byte twoBits) => ((twoBits & 1) << 1) | (twoBits >> 1);

    private static XElement Time(ulong microseconds) => Field("Microseconds", microseconds);
}

using System.Collections.Immutable;

namespace BayEdge.Drivers.Llrp.Protocol;

/// <summary>Reads lists of parameters; those it does not know stay bytes.</summary>
internal static class ParameterReader
{
    /// <summary>The specification nests eight deep; more is an attack on the stack.</summary>
    private const int DeepestNesting = 16;

    public static ImmutableArray<LlrpParameter> ReadAll(ref FieldReader fields, int depth = 0)
    {
        if (depth > DeepestNesting)
            throw new LlrpFormatException($"LLRP parameters are nested more than {DeepestNesting} deep.");
        if (fields.AtEnd)
            return [];

        var parameters = ImmutableArray.CreateBuilder<LlrpParameter>();
        while (!fields.AtEnd)
            parameters.Add(ReadOne(ref fields, depth));
        return parameters.DrainToImmutable();
    }

    public static LlrpParameter ReadOne(ref FieldReader fields, int depth)
    {
        if ((fields.Rest[0] & TvFieldExtensions.Marker) != 0)
        {
            var field = (TvField)(fields.U8() & ~TvFieldExtensions.Marker);
            return new TvParameter(field, fields.Take(field.ValueBytes()).ToArray());
        }

        var (type, bodyBytes) = ReadHeader(ref fields);
        var body = new FieldReader(fields.Take(bodyBytes), type);
        var parameter = ReadBody(type, ref body, depth + 1);
        return body.AtEnd
            ? parameter
            : throw new LlrpFormatException($"LLRP parameter {type} has {body.Rest.Length} bytes more than its fields take.");
    }

    /// <summary>Takes the header of a parameter with a length field: its type and how many bytes follow.</summary>
    public static (ushort Type, int BodyBytes) ReadHeader(ref FieldReader fields)
    {
        var type = (ushort)(fields.U16() & 0x3FF);
        var length = fields.U16();
        return length >= 4
            ? (type, length - 4)
            : throw new LlrpFormatException($"LLRP parameter {type} claims a length of {length} bytes; its header alone has 4.");
    }

    private static LlrpParameter ReadBody(ushort type, ref FieldReader body, int depth) => type switch
    {
        UtcTimestamp.TypeNumber => UtcTimestamp.Read(ref body),
        Uptime.TypeNumber => Uptime.Read(ref body),
        GeneralDeviceCapabilities.TypeNumber => GeneralDeviceCapabilities.Read(ref body, depth),
        GpioCapabilities.TypeNumber => GpioCapabilities.Read(ref body),
        RegulatoryCapabilities.TypeNumber => RegulatoryCapabilities.Read(ref body, depth),
        UhfBandCapabilities.TypeNumber => UhfBandCapabilities.Read(ref body, depth),
        TransmitPowerLevel.TypeNumber => TransmitPowerLevel.Read(ref body),
        FrequencyInformation.TypeNumber => FrequencyInformation.Read(ref body, depth),
        FrequencyHopTable.TypeNumber => FrequencyHopTable.Read(ref body),
        FixedFrequencyTable.TypeNumber => FixedFrequencyTable.Read(ref body),
        RoSpec.TypeNumber => RoSpec.Read(ref body, depth),
        RoBoundarySpec.TypeNumber => RoBoundarySpec.Read(ref body, depth),
        RoSpecStartTrigger.TypeNumber => RoSpecStartTrigger.Read(ref body, depth),
        RoSpecStopTrigger.TypeNumber => RoSpecStopTrigger.Read(ref body, depth),
        AiSpec.TypeNumber => AiSpec.Read(ref body, depth),
        AiSpecStopTrigger.TypeNumber => AiSpecStopTrigger.Read(ref body, depth),
        InventoryParameterSpec.TypeNumber => InventoryParameterSpec.Read(ref body, depth),
        AccessSpec.TypeNumber => AccessSpec.Read(ref body, depth),
        AccessSpecStopTrigger.TypeNumber => AccessSpecStopTrigger.Read(ref body),
        AccessCommand.TypeNumber => AccessCommand.Read(ref body, depth),
        KeepAliveSpec.TypeNumber => KeepAliveSpec.Read(ref body),
        AntennaProperties.TypeNumber => AntennaProperties.Read(ref body),
        AntennaSettings.TypeNumber => AntennaSettings.Read(ref body, depth),
        RfReceiver.TypeNumber => RfReceiver.Read(ref body),
        RfTransmitter.TypeNumber => RfTransmitter.Read(ref body),
        GpoWriteData.TypeNumber => GpoWriteData.Read(ref body),
        GpiPortCurrentState.TypeNumber => GpiPortCurrentState.Read(ref body),
        EventsAndReports.TypeNumber => EventsAndReports.Read(ref body),
        RoReportSpec.TypeNumber => RoReportSpec.Read(ref body, depth),
        TagReportContentSelector.TypeNumber => TagReportContentSelector.Read(ref body, depth),
        AccessReportSpec.TypeNumber => AccessReportSpec.Read(ref body),
        ReaderEventNotificationSpec.TypeNumber => ReaderEventNotificationSpec.Read(ref body, depth),
        EventNotificationState.TypeNumber => EventNotificationState.Read(ref body),
        ReaderEventNotificationData.TypeNumber => ReaderEventNotificationData.Read(ref body, depth),
        RoSpecEvent.TypeNumber => RoSpecEvent.Read(ref body),
        ReaderExceptionEvent.TypeNumber => ReaderExceptionEvent.Read(ref body, depth),
        AntennaEvent.TypeNumber => AntennaEvent.Read(ref body),
        ConnectionAttemptEvent.TypeNumber => ConnectionAttemptEvent.Read(ref body),
        ConnectionCloseEvent.TypeNumber => new ConnectionCloseEvent(),
        LlrpStatus.TypeNumber => LlrpStatus.Read(ref body, depth),
        FieldError.TypeNumber => FieldError.Read(ref body),
        ParameterError.TypeNumber => ParameterError.Read(ref body, depth),
        Gen2InventoryCommand.TypeNumber => Gen2InventoryCommand.Read(ref body, depth),
        Gen2RfControl.TypeNumber => Gen2RfControl.Read(ref body),
        Gen2SingulationControl.TypeNumber => Gen2SingulationControl.Read(ref body, depth),
        Gen2TagSpec.TypeNumber => Gen2TagSpec.Read(ref body, depth),
        Gen2TargetTag.TypeNumber => Gen2TargetTag.Read(ref body),
        Gen2Read.TypeNumber => Gen2Read.Read(ref body),
        Gen2Write.TypeNumber => Gen2Write.Read(ref body),
        Gen2ReadResult.TypeNumber => Gen2ReadResult.Read(ref body),
        CustomParameter.TypeNumber => CustomParameter.Read(ref body),
        _ => new RawParameter(type, body.TakeRest().ToArray()),
    };
}

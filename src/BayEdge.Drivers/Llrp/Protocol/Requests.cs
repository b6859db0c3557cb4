using System.Collections.Immutable;

namespace BayEdge.Drivers.Llrp.Protocol;

/// <summary>DELETE, START, STOP, ENABLE and DISABLE_ROSPEC (LLRP 1.1, chapter 11), DELETE and ENABLE_ACCESSSPEC (chapter 12).</summary>
/// <param name="SpecId">0 means all, where the specification allows it.</param>
internal sealed record SpecCommand(MessageType Type, uint SpecId) : LlrpMessage(Type)
{
    public override void WriteBody(FieldWriter writer) => writer.U32(SpecId);
}

/// <summary>LLRP 1.1, chapter 10.</summary>
/// <param name="RequestedData">0 for all.</param>
internal sealed record GetReaderCapabilities(byte RequestedData, ImmutableArray<LlrpParameter> Parameters)
    : LlrpMessage(MessageType.GetReaderCapabilities)
{
    public override void WriteBody(FieldWriter writer)
    {
        writer.U8(RequestedData);
        WriteAll(writer, Parameters);
    }
}

/// <summary>LLRP 1.1, chapter 13.</summary>
/// <param name="Antenna">0 for all.</param>
/// <param name="RequestedData">One of the constants, or 0 for all.</param>
internal sealed record GetReaderConfig(ushort Antenna, byte RequestedData, ushort GpiPort, ushort GpoPort, ImmutableArray<LlrpParameter> Parameters)
    : LlrpMessage(MessageType.GetReaderConfig)
{
    public const byte AntennaPropertiesOnly = 2;
    public const byte AntennaSettingsOnly = 3;
    public const byte GpiPortsOnly = 9;
    public const byte GpoPortsOnly = 10;

    public override void WriteBody(FieldWriter writer)
    {
        writer.U16(Antenna);
        writer.U8(RequestedData);
        writer.U16(GpiPort);
        writer.U16(GpoPort);
        WriteAll(writer, Parameters);
    }
}

/// <summary>LLRP 1.1, chapter 13.</summary>
internal sealed record SetReaderConfig(bool ResetToFactoryDefault, ImmutableArray<LlrpParameter> Parameters)
    : LlrpMessage(MessageType.SetReaderConfig)
{
    public override void WriteBody(FieldWriter writer)
    {
        writer.Flag(ResetToFactoryDefault);
        WriteAll(writer, Parameters);
    }
}

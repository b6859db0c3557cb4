using System.Collections.Immutable;

namespace BayEdge.Drivers.Llrp.Protocol;

/// <summary>How often the reader proves that it lives (LLRP 1.1, chapter 13).</summary>
/// <param name="Trigger">0 never, 1 every <paramref name="PeriodMs"/>.</param>
internal sealed record KeepAliveSpec(byte Trigger, uint PeriodMs) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 220;
    public const byte Periodic = 1;

    public static KeepAliveSpec Read(ref FieldReader fields) => new(fields.U8(), fields.U32());

    protected override void WriteFields(FieldWriter writer)
    {
        writer.U8(Trigger);
        writer.U32(PeriodMs);
    }
}

/// <summary>Whether the reader feels an antenna on the port (LLRP 1.1, chapter 13).</summary>
/// <param name="CentiDbi">The antenna's gain in hundredths of a dBi.</param>
internal sealed record AntennaProperties(bool Connected, ushort Antenna, short CentiDbi) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 221;

    public static AntennaProperties Read(ref FieldReader fields) => new(fields.Flag(), fields.U16(), fields.S16());

    protected override void WriteFields(FieldWriter writer)
    {
        writer.Flag(Connected);
        writer.U16(Antenna);
        writer.S16(CentiDbi);
    }
}

/// <summary>How one antenna is driven: the specification's AntennaConfiguration (LLRP 1.1, chapter 13).</summary>
/// <param name="Antenna">From 1; 0 means all.</param>
internal sealed record AntennaSettings(ushort Antenna, ImmutableArray<LlrpParameter> Parameters) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 222;

    public static AntennaSettings Read(ref FieldReader fields, int depth) => new(fields.U16(), ParameterReader.ReadAll(ref fields, depth));

    protected override void WriteFields(FieldWriter writer)
    {
        writer.U16(Antenna);
        WriteAll(writer, Parameters);
    }
}

/// <summary>LLRP 1.1, chapter 13.</summary>
/// <param name="SensitivityIndex">Into the table of the capabilities.</param>
internal sealed record RfReceiver(ushort SensitivityIndex) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 223;

    public static RfReceiver Read(ref FieldReader fields) => new(fields.U16());

    protected override void WriteFields(FieldWriter writer) => writer.U16(SensitivityIndex);
}

/// <summary>LLRP 1.1, chapter 13.</summary>
/// <param name="PowerIndex">The <see cref="TransmitPowerLevel.Index"/>.</param>
internal sealed record RfTransmitter(ushort HopTable, ushort Channel, ushort PowerIndex) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 224;

    public static RfTransmitter Read(ref FieldReader fields) => new(fields.U16(), fields.U16(), fields.U16());

    protected override void WriteFields(FieldWriter writer)
    {
        writer.U16(HopTable);
        writer.U16(Channel);
        writer.U16(PowerIndex);
    }
}

/// <summary>Whether the reader waits for ENABLE_EVENTS_AND_REPORTS before it reports (LLRP 1.1, chapter 13).</summary>
internal sealed record EventsAndReports(bool HoldUponReconnect) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 226;

    public static EventsAndReports Read(ref FieldReader fields) => new(fields.Flag());

    protected override void WriteFields(FieldWriter writer) => writer.Flag(HoldUponReconnect);
}

/// <summary>Sets an output, or tells how it is set (LLRP 1.1, chapter 13).</summary>
/// <param name="Port">From 1.</param>
internal sealed record GpoWriteData(ushort Port, bool On) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 219;

    public static GpoWriteData Read(ref FieldReader fields) => new(fields.U16(), fields.Flag());

    protected override void WriteFields(FieldWriter writer)
    {
        writer.U16(Port);
        writer.Flag(On);
    }
}

/// <summary>How an input is set and what it shows (LLRP 1.1, chapter 13).</summary>
/// <param name="Port">From 1.</param>
/// <param name="State">0 low, 1 high, 2 unknown.</param>
internal sealed record GpiPortCurrentState(ushort Port, bool Enabled, byte State) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 225;
    public const byte High = 1;
    public const byte Unknown = 2;

    public static GpiPortCurrentState Read(ref FieldReader fields) => new(fields.U16(), fields.Flag(), fields.U8());

    protected override void WriteFields(FieldWriter writer)
    {
        writer.U16(Port);
        writer.Flag(Enabled);
        writer.U8(State);
    }
}

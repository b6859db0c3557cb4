using System.Collections.Immutable;

namespace BayEdge.Drivers.Llrp.Protocol;

/// <summary>Which events the reader tells (LLRP 1.1, chapter 14).</summary>
internal sealed record ReaderEventNotificationSpec(ImmutableArray<LlrpParameter> Parameters) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 244;

    public static ReaderEventNotificationSpec Read(ref FieldReader fields, int depth) => new(ParameterReader.ReadAll(ref fields, depth));

    protected override void WriteFields(FieldWriter writer) => WriteAll(writer, Parameters);
}

/// <summary>LLRP 1.1, chapter 14.</summary>
internal sealed record EventNotificationState(ushort EventType, bool Enabled) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 245;

    /// <summary>Types of events: the start, end and preemption of a ROSpec.</summary>
    public const ushort RoSpec = 2;

    public const ushort ReaderException = 4;

    /// <summary>An antenna plugged or unplugged.</summary>
    public const ushort Antenna = 8;

    public static EventNotificationState Read(ref FieldReader fields) => new(fields.U16(), fields.Flag());

    protected override void WriteFields(FieldWriter writer)
    {
        writer.U16(EventType);
        writer.Flag(Enabled);
    }
}

/// <summary>What happened on the reader, with its time (LLRP 1.1, chapter 14).</summary>
internal sealed record ReaderEventNotificationData(ImmutableArray<LlrpParameter> Parameters) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 246;

    public static ReaderEventNotificationData Read(ref FieldReader fields, int depth) => new(ParameterReader.ReadAll(ref fields, depth));

    protected override void WriteFields(FieldWriter writer) => WriteAll(writer, Parameters);
}

/// <summary>A ROSpec started or ended (LLRP 1.1, chapter 14).</summary>
/// <param name="Change">0 started, 1 ended, 2 ended for the sake of another.</param>
/// <param name="PreemptingRoSpecId">That other; without meaning for the other changes.</param>
internal sealed record RoSpecEvent(byte Change, uint RoSpecId, uint PreemptingRoSpecId) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 249;
    public const byte Started = 0;

    public static RoSpecEvent Read(ref FieldReader fields) => new(fields.U8(), fields.U32(), fields.U32());

    protected override void WriteFields(FieldWriter writer)
    {
        writer.U8(Change);
        writer.U32(RoSpecId);
        writer.U32(PreemptingRoSpecId);
    }
}

/// <summary>The reader complains of itself (LLRP 1.1, chapter 14).</summary>
/// <param name="Parameters">What was going on: ROSpec, antenna and the like.</param>
internal sealed record ReaderExceptionEvent(string Text, ImmutableArray<LlrpParameter> Parameters) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 252;

    public static ReaderExceptionEvent Read(ref FieldReader fields, int depth) => new(fields.Utf8(), ParameterReader.ReadAll(ref fields, depth));

    protected override void WriteFields(FieldWriter writer)
    {
        writer.Utf8(Text);
        WriteAll(writer, Parameters);
    }
}

/// <summary>An antenna was plugged or unplugged (LLRP 1.1, chapter 14).</summary>
internal sealed record AntennaEvent(bool Connected, ushort Antenna) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 255;

    public static AntennaEvent Read(ref FieldReader fields) => new(fields.U8() != 0, fields.U16());

    protected override void WriteFields(FieldWriter writer)
    {
        writer.U8(Connected ? 1 : 0);
        writer.U16(Antenna);
    }
}

/// <summary>The reader's first word on a connection (LLRP 1.1, chapter 14).</summary>
internal sealed record ConnectionAttemptEvent(ConnectionAttemptStatus Status) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 256;

    public static ConnectionAttemptEvent Read(ref FieldReader fields) => new((ConnectionAttemptStatus)fields.U16());

    protected override void WriteFields(FieldWriter writer) => writer.U16((int)Status);
}

internal enum ConnectionAttemptStatus
{
    Success = 0,

    /// <summary>The reader itself has called a client.</summary>
    ReaderInitiatedConnectionExists = 1,

    ClientInitiatedConnectionExists = 2,
    OtherReason = 3,

    /// <summary>Somebody else knocked while the connection stands.</summary>
    AnotherConnectionAttempted = 4,
}

/// <summary>The reader hangs up (LLRP 1.1, chapter 14).</summary>
internal sealed record ConnectionCloseEvent() : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 257;

    protected override void WriteFields(FieldWriter writer)
    {
        // It has no fields: that it comes is all it says.
    }
}

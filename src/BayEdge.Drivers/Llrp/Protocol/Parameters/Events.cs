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

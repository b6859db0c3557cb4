using BayEdge.Core.Bays;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.R200;

/// <summary>One frame between host and module.</summary>
/// <param name="Command">What is asked or answered; 0xFF in an answer is a failure.</param>
internal readonly record struct R200Frame(R200FrameType Type, byte Command, ReadOnlyMemory<byte> Parameters)
{
    /// <summary>Why the module failed; null unless it did.</summary>
    public byte? Failure => Type == R200FrameType.Response && Command == R200Command.Failed && !Parameters.IsEmpty ? Parameters.Span[0] : null;
}

internal enum R200FrameType : byte
{
    Command = 0,
    Response = 1,

    /// <summary>Sent unasked: a tag.</summary>
    Notification = 2,
}

/// <summary>The two ways in which makers wrap the same content.</summary>
/// <param name="Name">As written in the configuration.</param>
internal sealed record R200Framing(string Name, byte Header, byte End)
{
    /// <summary>M100, QM100, JRD-4035, YRM100 and most R200 boards.</summary>
    public static R200Framing BB7E { get; } = new("BB7E", 0xBB, 0x7E);

    /// <summary>YPD-R200.</summary>
    public static R200Framing AADD { get; } = new("AADD", 0xAA, 0xDD);
}

/// <summary>Command codes (Unit RFID-UHF protocol for M100/QM100, chapter 3; R200 user protocol V2.3.3).</summary>
internal static class R200Command
{
    public const byte ModuleInformation = 0x03;
    public const byte SetRegion = 0x07;
    public const byte GetRegion = 0x08;
    public const byte SetSelect = 0x0C;
    public const byte GetQuery = 0x0D;
    public const byte SetQuery = 0x0E;
    public const byte SetSelectMode = 0x12;
    public const byte SinglePoll = 0x22;
    public const byte ReadMemory = 0x39;
    public const byte MultiPoll = 0x27;
    public const byte StopMultiPoll = 0x28;
    public const byte SetPower = 0xB6;
    public const byte GetPower = 0xB7;
    public const byte Failed = 0xFF;

    /// <summary>What it has the module do.</summary>
    public static Wording InWords(byte command) => command switch
    {
        SetRegion => Wording.Of("set the radio region"),
        GetRegion => "tell its radio region",
        SetSelect or SetSelectMode or GetQuery or SetQuery => "choose the tags that it reads",
        SinglePoll or MultiPoll => "start reading",
        StopMultiPoll => "stop reading",
        ReadMemory => "read the memory of a tag",
        SetPower => "set the power",
        GetPower => "tell its power",
        _ => "say what it is",
    };
}

/// <summary>What a module gives as the reason of a failure (Unit RFID-UHF protocol, chapter 4).</summary>
internal static class R200Failure
{
    /// <summary>A round of reading found no tag, or one that could not be understood: nothing is wrong.</summary>
    public const byte NoTag = 0x15;

    /// <summary>When memory is read: no tag answered, or none of the identity that is asked for.</summary>
    public const byte NoSuchTag = 0x09;

    public const byte UnknownCommand = 0x17;

    /// <summary>All channels are busy.</summary>
    public const byte ChannelsBusy = 0x20;

    public static Wording Describe(byte failure) => failure switch
    {
        NoTag => Wording.Of("no tag"),
        NoSuchTag => "no tag is there that gives it, or none of this identity",
        0x16 => "the tag wants a password",
        UnknownCommand => "it does not know this command or value",
        ChannelsBusy => "all radio channels are busy",
        // What the tag itself answered (Gen2, annex I), with 0xA0 before it.
        0xA3 => "the tag has no such words",
        0xA4 => "the tag keeps these words locked",
        0xAB => "the tag answered too weakly; hold it nearer",
        _ => $"an unknown reason (failure 0x{failure:X2})",
    };

    /// <summary>What to do when a command ended so.</summary>
    public static Wording AdviceOn(byte failure) => failure switch
    {
        UnknownCommand => SerialRefusal.CheckSettings,
        ChannelsBusy => "Another reader is too near or too strong: lower its power or move it.",
        _ => SerialRefusal.PlugInAnew,
    };
}

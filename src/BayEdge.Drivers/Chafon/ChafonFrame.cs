using BayEdge.Core.Bays;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.Chafon;

/// <summary>An answer of a reader.</summary>
/// <param name="Command">What it answers.</param>
internal readonly record struct ChafonFrame(byte Command, byte Status, ReadOnlyMemory<byte> Data);

/// <summary>Command codes (UHFReader288MP user manual V1.14, chapter 4).</summary>
internal static class ChafonCommand
{
    /// <summary>In the answer to a command that the reader does not know.</summary>
    public const byte NotUnderstood = 0x00;

    public const byte Inventory = 0x01;
    public const byte ReadMemory = 0x02;
    public const byte ReaderInformation = 0x21;
    public const byte SetBand = 0x22;
    public const byte SetPower = 0x2F;
    public const byte SetPins = 0x46;
    public const byte GetPins = 0x47;

    /// <summary>Sent unasked by a reader that was set to report by itself.</summary>
    public const byte RealTimeReport = 0xEE;

    /// <summary>What it has the reader do.</summary>
    public static Wording InWords(byte command) => command switch
    {
        Inventory => Wording.Of("read tags"),
        ReadMemory => "read the memory of a tag",
        SetBand => "set the radio region",
        SetPower => "set the power",
        SetPins => "switch an output",
        GetPins => "tell its inputs and outputs",
        _ => "say what it is",
    };

    public static bool IsKnown(byte command) =>
        command is NotUnderstood or Inventory or ReadMemory or ReaderInformation or SetBand or SetPower or SetPins or GetPins or RealTimeReport;
}

/// <summary>How a command ended (UHFReader288MP user manual V1.14, chapter 5 and section 8.2.1).</summary>
internal static class ChafonStatus
{
    public const byte Success = 0x00;
    public const byte InventoryComplete = 0x01;
    public const byte InventoryTimedOut = 0x02;
    public const byte MoreFollows = 0x03;
    public const byte MemoryFull = 0x04;
    public const byte Statistics = 0x26;
    public const byte AntennaError = 0xF8;
    public const byte TooWeak = 0xFA;
    public const byte NoTag = 0xFB;
    public const byte TagError = 0xFC;
    public const byte WrongLength = 0xFD;
    public const byte UnknownCommand = 0xFE;
    public const byte WrongParameter = 0xFF;

    public static bool HasTags(byte status) => status is InventoryComplete or InventoryTimedOut or MoreFollows or MemoryFull;

    public static Wording Describe(byte status) => status switch
    {
        AntennaError => Wording.Of("no antenna is connected"),
        NoTag => "no tag",
        TooWeak => "the tag answered too weakly; hold it nearer",
        TagError => "the tag refused; perhaps it has no such words, or keeps them locked",
        UnknownCommand => "it does not know this command",
        WrongLength or WrongParameter => "the value is not one that it knows",
        _ => $"an unknown reason (status 0x{status:X2})",
    };

    /// <summary>What to do when a command ended so.</summary>
    public static Wording AdviceOn(byte status) => status switch
    {
        UnknownCommand => SerialRefusal.UpdateFirmware,
        WrongLength or WrongParameter => SerialRefusal.CheckSettings,
        AntennaError => SerialRefusal.CheckAntenna,
        _ => SerialRefusal.PlugInAnew,
    };
}

using BayEdge.Core.Bays;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.Mercury;

/// <summary>One frame from a module.</summary>
/// <param name="Status">0 for success; see <see cref="MercuryStatus"/>.</param>
internal readonly record struct MercuryFrame(byte Command, ushort Status, ReadOnlyMemory<byte> Data);

/// <summary>Command codes (MercuryAPI, serial_reader_imp.h, TMR_SR_OpCode).</summary>
internal static class MercuryCommand
{
    public const byte Version = 0x03;
    public const byte BootFirmware = 0x04;
    public const byte CurrentProgram = 0x0C;

    /// <summary>What a reading module sends unasked: tags and keep-alives.</summary>
    public const byte TagReport = 0x22;

    public const byte ReadTagData = 0x28;

    /// <summary>Starts and stops reading without end.</summary>
    public const byte ContinuousReading = 0x2F;
    public const byte GetAntennas = 0x61;
    public const byte GetReadPower = 0x62;
    public const byte GetLines = 0x66;
    public const byte GetRegion = 0x67;
    public const byte GetTemperature = 0x72;
    public const byte SetAntennas = 0x91;
    public const byte SetReadPower = 0x92;
    public const byte SetProtocol = 0x93;
    public const byte SetLine = 0x96;
    public const byte SetRegion = 0x97;
    public const byte SetOption = 0x9A;
    public const byte SetProtocolOption = 0x9B;

    /// <summary>What it has the module do.</summary>
    public static Wording InWords(byte command) => command switch
    {
        ReadTagData => Wording.Of("read the memory of a tag"),
        ContinuousReading => "start reading",
        GetAntennas => "tell its antennas",
        GetReadPower => "tell its power",
        GetLines => "tell its inputs and outputs",
        GetRegion => "tell its radio region",
        GetTemperature => "tell its temperature",
        SetAntennas => "use the configured antennas",
        SetReadPower => "set the power",
        SetProtocol => "read Gen2 tags",
        SetLine => "switch an output",
        SetRegion => "set the radio region",
        SetOption or SetProtocolOption => "read a tag again and again",
        _ => "say what it is",
    };
}

/// <summary>The status word of an answer (MercuryAPI, tmr_status.h).</summary>
internal static class MercuryStatus
{
    public const ushort Success = 0;

    /// <summary>While reading, the keep-alive that comes every second.</summary>
    public const ushort NoTag = 0x0400;
    public const ushort NoAntenna = 0x0503;
    public const ushort TooHot = 0x0504;
    public const ushort HighReturnLoss = 0x0505;

    /// <summary>Whether the tag itself refused, so that no other antenna would do better.</summary>
    public static bool IsRefusalOfTag(ushort status) => status is 0x0409 or 0x040A or 0x0420 or 0x0423 or 0x0424 or 0x042F;

    public static Wording Describe(ushort status) => status switch
    {
        0x0100 or 0x0105 => Wording.Of("the value is not one that it knows"),
        0x0101 or 0x0102 or 0x0109 => "it does not know this command",
        0x0103 => "the power is too high",
        0x0106 => "the power is too low",
        0x010B => "it cannot use this region",
        NoTag => "no tag",
        0x0404 or 0x042B => "the tag answered too weakly; hold it nearer",
        _ when IsRefusalOfTag(status) => "the tag refused; perhaps it has no such words, or keeps them locked",
        NoAntenna => "no antenna is connected",
        TooHot => "it is too hot or too cold",
        HighReturnLoss => "the antenna reflects the power",
        _ => $"an unknown reason (status 0x{status:X4})",
    };

    /// <summary>What to do when a command ended so.</summary>
    public static Wording AdviceOn(ushort status) => status switch
    {
        0x0101 or 0x0102 or 0x0109 => SerialRefusal.UpdateFirmware,
        0x0100 or 0x0103 or 0x0105 or 0x0106 or 0x010B => SerialRefusal.CheckSettings,
        NoAntenna or HighReturnLoss => SerialRefusal.CheckAntenna,
        TooHot => "Give it a heat sink or air, or lower powerDbm.",
        _ => SerialRefusal.PlugInAnew,
    };
}

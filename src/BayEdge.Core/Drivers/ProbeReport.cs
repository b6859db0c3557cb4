using System.Collections.Immutable;
using BayEdge.Core.Bays;

namespace BayEdge.Core.Drivers;

/// <summary>What asking a device found.</summary>
/// <param name="Answered">Whether the device can be used as configured.</param>
/// <param name="Says">One sentence: what answered, or what was expected, what came and what to do.</param>
/// <param name="Facts">Such as model, firmware or resolution, by the names of <see cref="ProbeFact"/> where one fits.</param>
public sealed record ProbeReport(bool Answered, Phrase Says, ImmutableArray<ProbeFact> Facts)
{
    public ProbeReport(bool answered, Wording summary, ImmutableArray<ProbeFact> facts)
        : this(answered, summary.Phrase, facts)
    {
    }

    /// <summary>The sentence in English.</summary>
    public string Summary => Says.Text;

    /// <summary>The ports of a reader; empty when it does not tell.</summary>
    public ImmutableArray<AntennaPort> Antennas { get; init; } = [];

    /// <summary>The power of a reader; null when it does not tell.</summary>
    public TransmitPower? Power { get; init; }

    /// <summary>The tags that a reader heard while it was asked, the strongest first; null when it was not made to read.</summary>
    public ImmutableArray<HeardTag>? Heard { get; init; }

    /// <summary>The value of a fact; null when it was not found.</summary>
    public string? Fact(string name) => Facts.FirstOrDefault(fact => fact.Name == name)?.Value;

    public static ProbeReport Failed(DeviceFaultException fault) => new(false, fault.Says, []);
}

public sealed record ProbeFact(string Name, string Value)
{
    public const string Manufacturer = "manufacturer";
    public const string Model = "model";
    public const string Firmware = "firmware";
    public const string SerialNumber = "serial number";

    /// <summary>The radio band, in words.</summary>
    public const string Region = "region";

    /// <summary>The transmit power, with its unit.</summary>
    public const string Power = "power";

    /// <summary>How many antenna ports there are.</summary>
    public const string Antennas = "antennas";

    /// <summary>The numbers of those on which the reader feels an antenna.</summary>
    public const string ConnectedAntennas = "connected antennas";
}

/// <summary>A tag that was read during a probe.</summary>
/// <param name="Antenna">The port, from 1.</param>
/// <param name="Tag">Upper-case hex.</param>
/// <param name="RssiDbm">The strongest read; null when the reader does not tell.</param>
/// <param name="Reads">How many there were.</param>
public sealed record HeardTag(int Antenna, string Tag, double? RssiDbm, int Reads);

namespace BayEdge.Simulator.Readers.Serial;

/// <summary>What kind of ThingMagic module to play.</summary>
public sealed record SimulatedMercuryOptions
{
    /// <summary>The default value is 0x30: M6e Nano.</summary>
    public byte Hardware { get; init; } = 0x30;

    /// <summary>The default value is 01.07.01.02.</summary>
    public IReadOnlyList<byte> Firmware { get; init; } = [1, 7, 1, 2];

    /// <summary>Whether it waits in its boot loader until it is told to go on. The default value is false.</summary>
    public bool WaitsInBootLoader { get; init; }

    /// <summary>0 for none. The default value is 6: China 920-925 MHz.</summary>
    public byte Region { get; init; } = 6;

    /// <summary>The regions that the hardware can use. The default value is 1, 4, 5, 6, 8, 9, 11, 12 and 13.</summary>
    public IReadOnlyList<byte> PossibleRegions { get; init; } = [1, 4, 5, 6, 8, 9, 11, 12, 13];

    /// <summary>The default value is 2000: 20 dBm.</summary>
    public int PowerCentiDbm { get; init; } = 2000;

    /// <summary>The default value is 0.</summary>
    public int LeastPowerCentiDbm { get; init; }

    /// <summary>The default value is 2700: 27 dBm.</summary>
    public int MostPowerCentiDbm { get; init; } = 2700;

    /// <summary>A power between two steps is quietly lowered to the step below. The default value is 1: none is.</summary>
    public int PowerStepCentiDbm { get; init; } = 1;

    /// <summary>The ports. The default value is 1.</summary>
    public IReadOnlyList<int> Antennas { get; init; } = [1];

    /// <summary>Ports without an antenna. The default value is none.</summary>
    public IReadOnlyList<int> Unplugged { get; init; } = [];

    /// <summary>Of its four digital lines those that are outputs. The default value is none.</summary>
    public IReadOnlyList<int> OutputLines { get; init; } = [];

    /// <summary>The inputs that show a high level. The default value is none.</summary>
    public IReadOnlyList<int> HighInputs { get; init; } = [];
}

namespace BayEdge.Simulator.Readers.Serial;

/// <summary>What kind of R200 or M100 module to play.</summary>
public sealed record SimulatedR200Options
{
    /// <summary>Whether frames stand between AA and DD. The default value is false: between BB and 7E.</summary>
    public bool FramesBetweenAaAndDd { get; init; }

    /// <summary>The default value is M100 26dBm V1.0.</summary>
    public string Hardware { get; init; } = "M100 26dBm V1.0";

    /// <summary>The default value is V2.3.1.</summary>
    public string Firmware { get; init; } = "V2.3.1";

    /// <summary>The default value is MagicRF.</summary>
    public string Maker { get; init; } = "MagicRF";

    /// <summary>The default value is 1: China 920-925 MHz.</summary>
    public byte Region { get; init; } = 1;

    /// <summary>The regions that the hardware can use. The default value is 1, 2, 3, 4 and 6.</summary>
    public IReadOnlyList<byte> PossibleRegions { get; init; } = [1, 2, 3, 4, 6];

    /// <summary>The default value is 2000: 20 dBm.</summary>
    public int PowerCentiDbm { get; init; } = 2000;

    /// <summary>More than this is quietly lowered to it. The default value is 2600: 26 dBm.</summary>
    public int MostPowerCentiDbm { get; init; } = 2600;

    /// <summary>How many rounds it reads at most when told to read many. The default value is 65535.</summary>
    public int MostRounds { get; init; } = 65_535;

    /// <summary>The query parameters from which it starts. The default value is 0x1020: all tags, session S0, target A.</summary>
    public int Query { get; init; } = 0x1020;
}

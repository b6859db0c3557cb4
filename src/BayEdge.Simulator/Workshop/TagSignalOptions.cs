namespace BayEdge.Simulator.Workshop;

/// <summary>How tags are heard in a workshop.</summary>
/// <remarks>
/// Every figure here is assumed. No published table gives RSSI or read rate of a windscreen tag 1 to 5 m below an antenna, nor
/// how much the next bay hears. What is known only bounds them: RSSI lies between -30 and -85 dBm, fading over 2 m reaches 8 dB.
/// </remarks>
public sealed record TagSignalOptions
{
    /// <summary>How much time one report of the reader sums up. The default value is 0.5 seconds.</summary>
    public TimeSpan ReportEvery { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Reads a second of a tag that is heard well. The default value is 6 (assumed).</summary>
    public double ReadsPerSecond { get; init; } = 6;

    /// <summary>RSSI of a parked vehicle's tag at its own bay's antenna, in dBm. The default value is -58 (assumed).</summary>
    public double ParkedDbm { get; init; } = -58;

    /// <summary>What is lost where the vehicle comes into view, compared with parked, in dB. The default value is 12 (assumed).</summary>
    public double ApproachLossDb { get; init; } = 12;

    /// <summary>What is lost a bay further away, in dB. The default value is 13 (assumed).</summary>
    public double NeighbourLossDb { get; init; } = 13;

    /// <summary>
    /// What a person before the tag costs at its own bay's antenna, in dB; the neighbours, who look from the side, hear as before.
    /// The default value is 18 (assumed).
    /// </summary>
    public double ObstructionLossDb { get; init; } = 18;

    /// <summary>How much tags differ by make and mounting, standard deviation in dB. The default value is 2.5 (assumed).</summary>
    public double TagSpreadDb { get; init; } = 2.5;

    /// <summary>Fading that lasts, as people and doors move: standard deviation in dB. The default value is 2 (assumed).</summary>
    public double SlowFadingDb { get; init; } = 2;

    /// <summary>How long slow fading takes to become another. The default value is 8 seconds (assumed).</summary>
    public TimeSpan SlowFadingTime { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Fading from one report to the next, standard deviation in dB. The default value is 1.5 (assumed).</summary>
    public double FastFadingDb { get; init; } = 1.5;

    /// <summary>RSSI at which half of the reads fail, in dBm. The default value is -71 (assumed).</summary>
    public double SensitivityDbm { get; init; } = -71;

    /// <summary>Over how many dB reads go from mostly failing to mostly working. The default value is 1.5 (assumed).</summary>
    public double SensitivitySlopeDb { get; init; } = 1.5;
}

namespace BayEdge.Simulator.Readers.Serial;

/// <summary>What kind of Chafon reader to play.</summary>
public sealed record SimulatedChafonOptions
{
    public const byte UhfReader18 = 9;
    public const byte UhfReader288M = 12;

    /// <summary>The default value is 12: UHFReader288M.</summary>
    public byte Type { get; init; } = UhfReader288M;

    /// <summary>The two bytes of band and channels. The default value is EU, channels 0 to 14.</summary>
    public (byte Highest, byte Lowest) Band { get; init; } = (0x4E, 0x00);

    /// <summary>Whether it can be set to another band. The default value is true.</summary>
    public bool TakesBands { get; init; } = true;

    /// <summary>The default value is 30.</summary>
    public byte PowerDbm { get; init; } = 30;

    /// <summary>More than this is quietly lowered to it. The default value is 30.</summary>
    public byte MostPowerDbm { get; init; } = 30;

    /// <summary>Ports with an antenna. The default value is 1 to 4.</summary>
    public IReadOnlyList<int> Antennas { get; init; } = [1, 2, 3, 4];

    /// <summary>How long an inventory takes. The default value is 30 ms.</summary>
    public TimeSpan InventoryTime { get; init; } = TimeSpan.FromMilliseconds(30);

    /// <summary>How many tags fit in one frame of an answer. The default value is 8.</summary>
    public int MostTagsInOneFrame { get; init; } = 8;

    /// <summary>Whether a tag that answered keeps still until it is asked for its other state. The default value is false.</summary>
    public bool TagsKeepTheirState { get; init; }

    /// <summary>Whether its input shows a high level. The default value is false.</summary>
    public bool InputIsHigh { get; init; }
}

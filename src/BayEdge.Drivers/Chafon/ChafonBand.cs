namespace BayEdge.Drivers.Chafon;

/// <summary>A radio band of the reader, with all of its channels.</summary>
/// <param name="Name">As written in the configuration.</param>
/// <param name="Code">Four bits, as the reader has it.</param>
/// <param name="LastChannel">Channels count from 0.</param>
internal sealed record ChafonBand(string Name, byte Code, byte LastChannel, string Description)
{
    public static IReadOnlyList<ChafonBand> All { get; } =
    [
        new("cn900", 0b0001, 19, "China 920-925 MHz"),
        new("us", 0b0010, 49, "America 902-928 MHz"),
        new("kr", 0b0011, 31, "Korea 917-923 MHz"),
        new("eu", 0b0100, 14, "Europe 865-868 MHz"),
        new("cn800", 0b1000, 19, "China 840-845 MHz"),
    ];

    /// <summary>The highest channel, then the lowest; the upper two bits of each hold half of the band's code.</summary>
    public byte[] Parameters => [(byte)(((Code >> 2) << 6) | LastChannel), (byte)((Code & 3) << 6)];

    public static ChafonBand Named(string name) => All.Single(band => band.Name == name);

    /// <summary>The code of the band that two bytes of the reader's information name.</summary>
    public static byte CodeOf(byte highest, byte lowest) => (byte)(((highest >> 6) << 2) | (lowest >> 6));

    /// <summary>Null for one that has no name here.</summary>
    public static ChafonBand? Of(byte code) => All.FirstOrDefault(band => band.Code == code);

    public static string Describe(byte code) => Of(code)?.Description ?? $"band {code}";
}

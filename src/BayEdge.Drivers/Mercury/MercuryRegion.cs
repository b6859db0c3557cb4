namespace BayEdge.Drivers.Mercury;

/// <summary>A radio band that a module may use.</summary>
/// <param name="Name">As written in the configuration.</param>
/// <param name="Code">As the module has it (MercuryAPI, tmr_region.h).</param>
internal sealed record MercuryRegion(string Name, byte Code, string Description)
{
    /// <summary>What a module has that was never told its region; it does not read then.</summary>
    public const byte None = 0;

    public static IReadOnlyList<MercuryRegion> All { get; } =
    [
        new("cn900", 6, "China 920-925 MHz"),
        new("us", 1, "America 902-928 MHz"),
        new("us-narrow", 13, "America 917-928 MHz"),
        new("eu", 8, "Europe 865-868 MHz"),
        new("kr", 9, "Korea 917-923 MHz"),
        new("in", 4, "India 865-867 MHz"),
        new("jp", 5, "Japan 916-921 MHz"),
        new("au", 11, "Australia 920-926 MHz"),
        new("nz", 12, "New Zealand 922-928 MHz"),
    ];

    public static MercuryRegion Named(string name) => All.Single(region => region.Name == name);

    /// <summary>Null for one that has no name here.</summary>
    public static MercuryRegion? Of(byte code) => All.FirstOrDefault(region => region.Code == code);

    public static string Describe(byte code) => code == None ? "no region" : Of(code)?.Description ?? $"region {code}";
}

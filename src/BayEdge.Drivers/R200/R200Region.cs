namespace BayEdge.Drivers.R200;

/// <summary>A radio band that the module may use.</summary>
/// <param name="Name">As written in the configuration.</param>
/// <param name="Code">As the module has it (Unit RFID-UHF protocol, section 2.15).</param>
internal sealed record R200Region(string Name, byte Code, string Description)
{
    public static IReadOnlyList<R200Region> All { get; } =
    [
        new("cn900", 1, "China 920-925 MHz"),
        new("us", 2, "America 902-928 MHz"),
        new("eu", 3, "Europe 865-868 MHz"),
        new("cn800", 4, "China 840-845 MHz"),
        new("kr", 6, "Korea 917-923 MHz"),
    ];

    public static R200Region Named(string name) => All.Single(region => region.Name == name);

    /// <summary>Null for one that has no name here.</summary>
    public static R200Region? Of(byte code) => All.FirstOrDefault(region => region.Code == code);

    public static string Describe(byte code) => Of(code)?.Description ?? $"region {code}";
}

using System.Text.Json.Nodes;

namespace BayEdge.Simulator.Readers.Selectable;

/// <summary>How readers of several makes tell a radio band, which a simulated one is made for where it is configured.</summary>
/// <param name="Name">As the configuration names it.</param>
/// <param name="Carriers">Some of its channels, in kHz.</param>
/// <param name="Impinj">As a reader of Impinj names it; null where none is sold for it.</param>
/// <param name="Country">As a reader of Zebra names it.</param>
/// <param name="Standard">Likewise.</param>
internal sealed record PlayedBand(string Name, IReadOnlyList<int> Carriers, string? Impinj, string Country, string Standard)
{
    private static readonly PlayedBand[] All =
    [
        new("cn900", [920_625, 922_125, 924_375], "China 920-925 MHz", "China", "CHINA"),
        new("us", [902_750, 915_250, 927_250], "FCC Part 15.247", "United States", "FCC_15"),
        new("us-narrow", [917_250, 922_250, 927_250], null, "United States", "FCC_15"),
        new("eu", [865_700, 866_300, 866_900, 867_500], "ETSI EN 302 208 v3.1.1", "Germany", "EU_LBT"),
        new("cn800", [840_625, 842_125, 844_375], null, "China", "CHINA"),
        new("kr", [917_300, 920_300, 923_300], "Korea 917-923 MHz", "Korea", "KOREA"),
        new("in", [865_700, 866_300], "India 865-867 MHz", "India", "INDIA"),
        new("jp", [916_800, 918_000, 919_200, 920_400], "Japan 916-921 MHz", "Japan", "JAPAN"),
        new("au", [920_750, 923_250, 925_250], "Australia 920-926 MHz", "Australia", "AUSTRALIA"),
        new("nz", [922_250, 924_250, 926_750], "New Zealand 922-928 MHz", "New Zealand", "NEW_ZEALAND"),
    ];

    /// <summary>China's where none is configured.</summary>
    public static PlayedBand Of(IReadOnlyDictionary<string, string> settings) =>
        All.FirstOrDefault(band => band.Name == settings.GetValueOrDefault("region")) ?? All[0];

    public JsonObject Zebra => new() { ["country"] = Country, ["regulatoryStandard"] = Standard, ["channelData"] = new JsonArray([.. Carriers.Select(carrier => (JsonNode)carrier)]) };
}

using System.Globalization;
using System.Text.Json.Nodes;
using BayEdge.TestKit;

namespace BayEdge.EndToEnd.Tests.Running;

/// <summary>Configurations as an installer writes them: the first reader looks at <c>bay-01</c>, the second at <c>bay-02</c>.</summary>
internal sealed record DeviceConfiguration
{
    public const string Site = "sh-01";
    public const string Device = "pi-01";

    public IReadOnlyList<string> Readers { get; init; } = [];

    /// <summary>The picture source of <c>cam-1</c>, which looks at <c>bay-01</c>.</summary>
    public string? Camera { get; init; }

    public string PlateRegion { get; init; } = "cn";

    public string? Broker { get; init; }

    /// <summary>The device's id, for a second device at the same site.</summary>
    public string Name { get; init; } = Device;

    /// <summary>To be spoilt by a test.</summary>
    public JsonObject ToJson() => new()
    {
        ["site"] = Site,
        ["device"] = Name,
        ["language"] = "en",
        ["plateRegion"] = PlateRegion,
        ["bays"] = new JsonArray([.. Enumerable.Range(1, Math.Max(1, Readers.Count)).Select(number => new JsonObject { ["id"] = Bay(number) })]),
        ["readers"] = new JsonArray([.. Readers.Select((address, index) => new JsonObject
        {
            ["id"] = $"reader-{index + 1}",
            ["driver"] = "llrp",
            ["address"] = address,
            ["antennas"] = new JsonArray(new JsonObject { ["port"] = 1, ["bay"] = Bay(index + 1) }),
        })]),
        ["cameras"] = Camera is null ? new JsonArray() : new JsonArray(new JsonObject
        {
            ["id"] = "cam-1",
            ["driver"] = "stream",
            ["url"] = Camera,
            ["zones"] = new JsonArray(new JsonObject { ["bay"] = Bay(1), ["polygon"] = JsonNode.Parse("[[0,0],[1,0],[1,1],[0,1]]") }),
        }),
        ["mqtt"] = Broker is null ? null : new JsonObject { ["url"] = Broker, ["confirmation"] = "central" },
        ["vehicles"] = JsonNode.Parse($$"""[{ "ref": "WO-1001", "plate": "沪AD12345", "tags": ["{{TaggedVehicle.Tag}}"] }]"""),
    };

    /// <returns>The path of the file.</returns>
    public string WriteTo(TemporaryFolder folder) => Write(folder, ToJson());

    /// <returns>The path of the file.</returns>
    public static string Write(TemporaryFolder folder, JsonObject configuration)
    {
        var path = folder.File("bayedge.json");
        File.WriteAllText(path, configuration.ToJsonString());
        return path;
    }

    private static string Bay(int number) => string.Create(CultureInfo.InvariantCulture, $"bay-{number:00}");
}

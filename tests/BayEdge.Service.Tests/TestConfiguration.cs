using BayEdge.Core.Configuration;
using BayEdge.Service.Configuring;
using BayEdge.Service.Hosting;

namespace BayEdge.Service.Tests;

/// <summary>Configurations that are read as an installer's file would be.</summary>
internal static class TestConfiguration
{
    public static EdgeConfiguration WithReader(string address, string tag) => Read(JsonWithReader(address, tag));

    /// <param name="mqtt">The section of the broker, as JSON.</param>
    public static string JsonWithReader(string address, string tag, string mqtt = "null") => $$"""
        {
          "site": "sh-01", "device": "pi-01", "language": "en",
          "bays": [{ "id": "bay-01", "name": "1号工位" }],
          "readers": [{ "id": "reader-1", "driver": "llrp", "address": "{{address}}", "antennas": [{ "port": 1, "bay": "bay-01" }] }],
          "vehicles": [{ "ref": "WO-1001", "plate": "沪AD12345", "tags": ["{{tag}}"] }],
          "mqtt": {{mqtt}}
        }
        """;

    public static EdgeConfiguration Read(string json)
    {
        using var drivers = new DriverSet(TimeProvider.System);
        var result = ConfigurationCheck.Read(json, drivers.Catalogue, Secrets.None);
        Assert.Empty(result.Problems);
        return result.Configuration!;
    }
}

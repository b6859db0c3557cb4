using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BayEdge.Simulator.Workshop;

namespace BayEdge.Service.Demo;

/// <summary>Writes the configuration that an installer would have written for the simulated workshop.</summary>
internal static class DemoConfiguration
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    /// <param name="readers">The address of each simulated reader, <c>host:port</c>.</param>
    /// <param name="cameras">The URL of each simulated camera.</param>
    /// <param name="speed">The devices' limits are in the workshop's time, so they grow with it.</param>
    public static string Write(
        WorkshopScript script, IReadOnlyDictionary<string, string> readers, IReadOnlyDictionary<string, Uri> cameras, int brokerPort, double speed) => new JsonObject
        {
            ["site"] = "demo",
            ["device"] = "demo-01",
            ["language"] = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? "zh-CN" : "en",
            ["plateRegion"] = "cn",
            ["bays"] = new JsonArray([.. script.Bays.Select(bay => new JsonObject { ["id"] = bay.Id, ["name"] = $"{bay.Index + 1}号工位" })]),
            ["readers"] = new JsonArray([.. script.Bays.GroupBy(bay => bay.Reader).Select(reader => new JsonObject
            {
                ["id"] = reader.Key,
                ["driver"] = "llrp",
                ["address"] = readers[reader.Key],
                ["antennas"] = new JsonArray([.. reader.Select(bay => new JsonObject { ["port"] = bay.Antenna, ["bay"] = bay.Id })]),
            })]),
            ["cameras"] = new JsonArray([.. script.Bays.Where(bay => bay.Camera is not null).Select(bay => new JsonObject
            {
                ["id"] = bay.Camera,
                ["driver"] = "stream",
                ["url"] = cameras[bay.Camera!].ToString(),
                ["framesPerSecond"] = Math.Clamp(Math.Round(4 / speed, 2), 0.2, 4),
                ["openLimitSeconds"] = 60,
                ["readLimitSeconds"] = 120,
                ["zones"] = new JsonArray(new JsonObject
                {
                    ["bay"] = bay.Id,
                    ["polygon"] = new JsonArray(Corner(0.02, 0.02), Corner(0.98, 0.02), Corner(0.98, 0.98), Corner(0.02, 0.98)),
                }),
            })]),
            ["mqtt"] = new JsonObject { ["url"] = $"mqtt://127.0.0.1:{brokerPort}", ["confirmation"] = "central", ["neighbours"] = false },
            ["vehicles"] = new JsonArray([.. script.Vehicles.Select(vehicle => new JsonObject
            {
                ["ref"] = vehicle.Ref,
                ["plate"] = vehicle.Plate?.Text,
                ["tags"] = new JsonArray([.. vehicle.Tags.Select(tag => JsonValue.Create(tag))]),
            })]),
        }.ToJsonString(Readable);

    private static JsonArray Corner(double x, double y) => new(x, y);
}

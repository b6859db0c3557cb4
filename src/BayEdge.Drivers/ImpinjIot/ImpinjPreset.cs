using System.Text.Json.Nodes;

namespace BayEdge.Drivers.ImpinjIot;

/// <summary>What the reader is asked to do: the inventory preset of its REST interface.</summary>
internal static class ImpinjPreset
{
    /// <summary>How many tags a bay and its neighbours may show at once; it sets the reader's first guess only.</summary>
    private const int ExpectedTags = 16;

    /// <remarks>
    /// Dual target, so that a parked car's tag goes on answering; every read is reported at once, since a report that sums up would
    /// hold back the first.
    /// </remarks>
    /// <param name="memory">What is to be told of each tag besides; null for nothing.</param>
    public static string Write(ImpinjIotSettings settings, double powerDbm, ImpinjMemory? memory) => new JsonObject
    {
        ["eventConfig"] = new JsonObject
        {
            ["common"] = new JsonObject { ["hostname"] = "disabled" },
            ["tagInventory"] = new JsonObject
            {
                ["epc"] = "disabled",
                ["epcHex"] = "enabled",
                ["tid"] = "disabled",
                ["tidHex"] = "disabled",
                ["antennaPort"] = "enabled",
                ["transmitPowerCdbm"] = "enabled",
                ["peakRssiCdbm"] = "enabled",
                ["frequency"] = "disabled",
                ["pc"] = "disabled",
                ["lastSeenTime"] = "enabled",
                ["phaseAngle"] = "disabled",
                ["tagReporting"] = new JsonObject
                {
                    ["reportingIntervalSeconds"] = 0,
                    ["tagCacheSize"] = 2048,
                    ["antennaIdentifier"] = "antennaPort",
                    ["tagIdentifier"] = "epc",
                },
            },
        },
        ["antennaConfigs"] = new JsonArray([.. settings.Antennas.Select(port => Antenna(port, settings, powerDbm, memory))]),
    }.ToJsonString();

    private static JsonObject Antenna(int port, ImpinjIotSettings settings, double powerDbm, ImpinjMemory? memory)
    {
        var antenna = new JsonObject
        {
            ["antennaPort"] = port,
            ["estimatedTagPopulation"] = ExpectedTags,
            ["inventorySearchMode"] = "dual-target",
            ["inventorySession"] = settings.Session,
            ["rfMode"] = settings.RfMode,
            ["transmitPowerCdbm"] = (int)Math.Round(powerDbm * 100),
        };
        if (memory is not null)
            antenna["tagMemoryReads"] = new JsonArray(memory.Written);
        return antenna;
    }
}

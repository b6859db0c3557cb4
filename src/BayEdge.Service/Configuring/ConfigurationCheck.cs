using System.Collections.Immutable;
using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;
using BayEdge.Drivers;

namespace BayEdge.Service.Configuring;

/// <summary>Reads a configuration, and refuses besides what its drivers know to be impossible and what would get in its own way.</summary>
internal static class ConfigurationCheck
{
    /// <inheritdoc cref="ConfigurationReader.Read"/>
    public static ConfigurationResult Read(string json, DriverCatalogue drivers, Secrets secrets)
    {
        var read = ConfigurationReader.Read(json, drivers, secrets);
        if (read.Configuration is not { } configuration)
            return read;
        var sources = SourcesOf(configuration).ToList();
        ImmutableArray<Problem> problems =
        [
            .. AlmostTheSame([.. configuration.Bays.Select((bay, index) => ($"bays[{index}].id", bay.Id))]),
            .. AlmostTheSame([.. sources.Select(source => ($"{source.Where}.id", source.Source.Id))]),
            .. sources.Select(source => FaultIn(source.Where, source.Source, drivers)).OfType<Problem>(),
            .. DevicesUsedTwice(sources, drivers),
        ];
        return problems.IsEmpty ? read : new ConfigurationResult(null, problems);
    }

    private static IEnumerable<(string Where, SourceConfiguration Source)> SourcesOf(EdgeConfiguration configuration) =>
    [
        .. configuration.Readers.Select((reader, index) => ($"readers[{index}]", (SourceConfiguration)reader)),
        .. configuration.Cameras.Select((camera, index) => ($"cameras[{index}]", (SourceConfiguration)camera)),
        .. configuration.Presence.Select((contact, index) => ($"presence[{index}]", (SourceConfiguration)contact)),
    ];

    /// <summary>Where capitals count for nothing, in the names of files and by ear, such ids are one.</summary>
    private static IEnumerable<Problem> AlmostTheSame(IReadOnlyList<(string Where, string Id)> named)
    {
        foreach (var same in named.GroupBy(item => item.Id, StringComparer.OrdinalIgnoreCase))
        {
            foreach (var (where, id) in same.Skip(1))
                yield return new Problem(where, $"'{id}' differs from '{same.First().Id}' in capital letters alone; give each an id that nobody takes for the other");
        }
    }

    private static Problem? FaultIn(string where, SourceConfiguration source, DriverCatalogue drivers) =>
        RulesOf(source, drivers)?.FaultIn(source) is { } fault ? new Problem(where, fault.Says) : null;

    private static IConfigurationRules? RulesOf(SourceConfiguration source, DriverCatalogue drivers) => drivers.DriverOf(source) as IConfigurationRules;

    private static IEnumerable<Problem> DevicesUsedTwice(IEnumerable<(string Where, SourceConfiguration Source)> sources, DriverCatalogue drivers)
    {
        List<(SourceConfiguration Source, OwnedDevice Device)> users = [];
        foreach (var (where, source) in sources)
        {
            if (RulesOf(source, drivers)?.DeviceOf(source) is not { } device)
                continue;
            var (first, shared) = users.Select(user => (user.Source, Shared: SharedBy(user, (source, device)))).FirstOrDefault(user => user.Shared is not null);
            users.Add((source, device));
            if (shared is null)
                continue;
            var remedy = source is ReaderConfiguration
                ? Wording.Of($"put the antennas of both into one reader, or correct {device.Setting}")
                : $"correct {device.Setting}, or remove one of them";
            yield return new Problem($"{where}.{device.Setting}", $"{first.Id} and {source.Id} both use {shared}, which serves one of them at a time; {remedy}");
        }
    }

    /// <summary>What both would use; null for nothing.</summary>
    private static string? SharedBy((SourceConfiguration Source, OwnedDevice Device) one, (SourceConfiguration Source, OwnedDevice Device) other)
    {
        if (one.Device.Name.Equals(other.Device.Name, StringComparison.OrdinalIgnoreCase))
            return other.Device.Name;
        // Two protocols of one reader have ports of their own, but one radio.
        return one.Source.Driver != other.Source.Driver && one.Device.Host is { } host && host.Equals(other.Device.Host, StringComparison.OrdinalIgnoreCase)
            ? other.Device.Host
            : null;
    }
}

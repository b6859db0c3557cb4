using System.Collections.Immutable;
using BayEdge.Core.Configuration;
using BayEdge.Core.Sightings;

namespace BayEdge.Core.Bays;

/// <summary>Which bay each antenna, zone and contact looks at.</summary>
public sealed class BayLayout
{
    private readonly Dictionary<(string Source, int Antenna), string> _antennas = [];
    private readonly Dictionary<(string Source, string Zone), string> _zones = [];
    private readonly Dictionary<string, string> _contacts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> _sources = new(StringComparer.Ordinal);

    public BayLayout(EdgeConfiguration configuration)
    {
        Bays = [.. configuration.Bays.Select(bay => bay.Id)];
        foreach (var bay in Bays)
            _sources[bay] = new SortedSet<string>(StringComparer.Ordinal);

        foreach (var reader in configuration.Readers)
        {
            foreach (var antenna in reader.Antennas)
                Connect(_antennas, (reader.Id, antenna.Port), reader.Id, antenna.Bay);
        }

        foreach (var camera in configuration.Cameras)
        {
            foreach (var zone in camera.Zones)
                Connect(_zones, (camera.Id, zone.Bay), camera.Id, zone.Bay);
        }

        foreach (var contact in configuration.Presence)
            Connect(_contacts, contact.Id, contact.Id, contact.Bay);
    }

    public ImmutableArray<string> Bays { get; }

    /// <summary>The sources that can see a bay, in the order of their ids.</summary>
    public IReadOnlyCollection<string> SourcesOf(string bay) => _sources[bay];

    internal IEnumerable<string> ReadersOf(string bay) => _antennas.Where(antenna => antenna.Value == bay).Select(antenna => antenna.Key.Source).Distinct();

    /// <summary>The bay that a sighting speaks of; null when nothing is configured for that antenna or zone.</summary>
    public string? BayOf(Sighting sighting) => sighting switch
    {
        TagSighting tag => _antennas.GetValueOrDefault((tag.Source, tag.Antenna)),
        PlateSighting plate => _zones.GetValueOrDefault((plate.Source, plate.Zone)),
        OccupancySighting occupancy => _zones.GetValueOrDefault((occupancy.Source, occupancy.Zone)),
        PresenceSighting presence => _contacts.GetValueOrDefault(presence.Source),
        _ => null,
    };

    private void Connect<TKey>(Dictionary<TKey, string> map, TKey key, string source, string bay)
        where TKey : notnull
    {
        map[key] = Bays.First(known => known == bay);
        _sources[bay].Add(source);
    }
}

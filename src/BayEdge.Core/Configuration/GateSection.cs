using System.Collections.Immutable;
using System.Text.Json;
using BayEdge.Core.Drivers;

namespace BayEdge.Core.Configuration;

/// <summary>Reads when a reader may send, and holds it against the contacts that there are.</summary>
internal sealed class GateSection
{
    private readonly List<(ConfigurationNode Node, GateConfiguration Gate, ImmutableArray<AntennaConfiguration> Antennas)> _gates = [];

    /// <param name="reader">The reader's section.</param>
    /// <param name="driver">Null when it is not known.</param>
    /// <returns>Null where the reader always sends, or what is written cannot be.</returns>
    public GateConfiguration? Read(ConfigurationNode reader, DriverDescriptor? driver, ImmutableArray<AntennaConfiguration> antennas)
    {
        if (reader.Object("gate") is not { } node)
            return null;
        var contacts = ReadContacts(node);
        var linger = node.IntegerOr("linger", GateConfiguration.DefaultLingerSeconds, 0, 3600);
        var hours = ReadHours(node);
        if (!node.Has("presence") && !node.Has("hours"))
            reader.Report("gate", "expected a contact such as {\"presence\":\"loop-1\"} or hours such as {\"hours\":\"07:00-20:00\"}, but found neither; leave gate out where the reader always sends");
        else if (node.Has("presence") && node.Has("hours"))
            reader.Report("gate", "expected presence or hours, but found both; keep the one that the reader is to obey");
        else if (node.Has("linger") && node.Has("hours"))
            node.Report("linger", "linger is without effect where hours count; leave it out");
        node.ReportUnknownKeys();
        if (driver is { SwitchesRadio: false })
            reader.Report("gate", $"a reader of the driver '{driver.Id}' sends by itself and cannot be told to rest; set its triggers on its own page, and leave gate out");

        var gate = new GateConfiguration(contacts, linger ?? 0, hours);
        _gates.Add((node, gate, antennas));
        return gate;
    }

    /// <summary>Reports contacts that are not there, and antennas whose bay none of them watches.</summary>
    public void Check(ImmutableArray<PresenceConfiguration> presence)
    {
        foreach (var (node, gate, antennas) in _gates)
        {
            foreach (var contact in gate.Contacts.Where(contact => presence.All(known => known.Id != contact)))
                node.Report("presence", $"expected the id of a contact under presence, but found '{contact}'; add the contact or correct the id");
            var watched = presence.Where(contact => gate.Contacts.Contains(contact.Id)).Select(contact => contact.Bay).ToHashSet(StringComparer.Ordinal);
            if (watched.Count == 0)
                continue;
            foreach (var bay in antennas.Select(antenna => antenna.Bay).Distinct().Where(bay => !watched.Contains(bay)))
                node.Report("presence", $"an antenna looks at {bay}, but no contact named here stands in that bay: its vehicles would go unread; name a contact of that bay, too");
        }
    }

    private static ImmutableArray<string> ReadContacts(ConfigurationNode node)
    {
        if (!node.Has("presence"))
            return [];
        return node.Raw("presence").ValueKind == JsonValueKind.Array
            ? [.. node.Items("presence", "ids of contacts").Select(item => ReadContact(node, item.Value, item.Path)).OfType<string>()]
            : node.Text("presence") is { } only ? [only] : [];
    }

    private static string? ReadContact(ConfigurationNode node, JsonElement value, string path)
    {
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } id)
            return id;
        node.ReportAt(path, $"expected the id of a contact, but found {ConfigurationNode.Show(value)}");
        return null;
    }

    private static DailyHours? ReadHours(ConfigurationNode node)
    {
        if (!node.Has("hours") || node.Text("hours") is not { } text)
            return null;
        if (DailyHours.Read(text) is { } hours)
            return hours;
        node.Report("hours", $"expected two different times such as \"07:00-20:00\", of 24 hours and with a dash between, but found '{text}'");
        return null;
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BayEdge.Core.Configuration;

namespace BayEdge.Core.Commissioning.Walk;

/// <summary>What looks at a bay, as a word that is another one once an antenna, its power, a zone or a contact is.</summary>
public static class WatchedBy
{
    private const int Digits = 16;

    public static string Of(EdgeConfiguration configuration, string bay)
    {
        var lines = Readers(configuration, bay).Concat(Cameras(configuration, bay))
            .Concat(configuration.Presence.Where(contact => contact.Bay == bay).Select(contact => contact.Id)).Order(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))))[..Digits];
    }

    private static IEnumerable<string> Readers(EdgeConfiguration configuration, string bay) =>
        from reader in configuration.Readers
        from antenna in reader.Antennas
        where antenna.Bay == bay
        select Line(reader.Id, antenna.Port, reader.Settings.Find("powerDbm"));

    private static IEnumerable<string> Cameras(EdgeConfiguration configuration, string bay) =>
        from camera in configuration.Cameras
        from zone in camera.Zones
        where zone.Bay == bay
        select Line(camera.Id, string.Join(' ', zone.Polygon.Select(point => Line(point.X, point.Y))));

    private static string Line(params ReadOnlySpan<object?> parts)
    {
        var line = new StringBuilder();
        foreach (var part in parts)
            line.Append(CultureInfo.InvariantCulture, $"{part};");
        return line.ToString();
    }
}

using System.Collections.Immutable;
using BayEdge.Core.Drivers;

namespace BayEdge.Core.Configuration;

/// <summary>Makes of a configuration what may leave the device.</summary>
public static class ConfigurationDisclosure
{
    /// <summary>The same without the secrets of devices and without whatever may be one in an address.</summary>
    public static EdgeConfiguration WithoutSecrets(this EdgeConfiguration configuration, DriverCatalogue drivers) => configuration with
    {
        Readers = [.. configuration.Readers.Select(reader => reader with { Settings = WithoutSecrets(reader, drivers) })],
        Cameras = [.. configuration.Cameras.Select(camera => camera with { Settings = WithoutSecrets(camera, drivers) })],
        Presence = [.. configuration.Presence.Select(contact => contact with { Settings = WithoutSecrets(contact, drivers) })],
        Mqtt = configuration.Mqtt is { } mqtt ? mqtt with { Url = WithoutLogin(mqtt.Url) } : null,
    };

    private static DriverSettings WithoutSecrets(SourceConfiguration source, DriverCatalogue drivers)
    {
        var values = source.Settings.Values;
        foreach (var field in drivers.DriverOf(source).Descriptor.Fields.Where(field => values.ContainsKey(field.Key)))
        {
            if (field.Secret)
                values = values.Remove(field.Key);
            else if (field.Type == FieldType.Location)
                values = values.SetItem(field.Key, WithoutLogin(values[field.Key]));
        }

        return new DriverSettings(values);
    }

    // rtsp://user:password@host/path?password=...: cameras take logins in either place.
    private static string WithoutLogin(string location)
    {
        var scheme = location.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
            return location;
        var rest = location.AsSpan(scheme + 3);
        if (rest.IndexOf('?') is var query and >= 0)
            rest = rest[..query];
        return $"{location.AsSpan(0, scheme + 3)}{rest[(rest.LastIndexOf('@') + 1)..]}";
    }
}

namespace BayEdge.Contracts;

/// <summary>The MQTT topics of a device. They hold ids only, never a plate: topic lists are read by many.</summary>
public static class Topics
{
    private const string Root = "bayedge/v1";

    public static string BayEvents(string site, string device, string bay) => $"{Device(site, device)}/bays/{bay}/events";

    public static string BayState(string site, string device, string bay) => $"{Device(site, device)}/bays/{bay}/state";

    /// <summary>Where events without a bay go, such as <c>device.gap</c>.</summary>
    public static string DeviceEvents(string site, string device) => $"{Device(site, device)}/events";

    public static string Status(string site, string device) => $"{Device(site, device)}/status";

    public static string Health(string site, string device) => $"{Device(site, device)}/health";

    public static string Ack(string site, string device) => $"{Device(site, device)}/ack";

    public static string Command(string site, string device, string name) => $"{Device(site, device)}/commands/{name}";

    /// <summary>A filter for every command of one device.</summary>
    public static string AllCommands(string site, string device) => Command(site, device, "+");

    public static string Reply(string site, string device, string name) => $"{Device(site, device)}/replies/{name}";

    /// <summary>Where a device sends a message to itself, to see whether the broker lets it speak and hear.</summary>
    public static string Echo(string site, string device) => $"{Device(site, device)}/echo";

    /// <summary>What the installer proved at the device.</summary>
    public static string Handover(string site, string device) => $"{Device(site, device)}/handover";

    public static string Vehicles(string site) => $"{Root}/{site}/vehicles";

    public static string Neighbours(string site) => $"{Root}/{site}/neighbours";

    /// <summary>Whether the site is busy, by the central consumer.</summary>
    public static string Utilisation(string site) => $"{Root}/{site}/utilisation";

    /// <summary>A filter for the events of every bay and device; <c>+</c> stands for any site or device.</summary>
    public static string AllBayEvents(string site = "+", string device = "+") => BayEvents(site, device, "+");

    /// <summary>Whether an id can stand in a topic: no separator, no wildcard, no control character, at most 64 characters.</summary>
    public static bool IsValidId(string id) =>
        id.Length is > 0 and <= 64 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    /// <summary>Takes site and device out of any of a device's topics.</summary>
    /// <returns>False where it is no such topic, or names what cannot be.</returns>
    public static bool TryParseDevice(string topic, out string site, out string device)
    {
        var parts = topic.Split('/');
        (site, device) = parts.Length >= 5 && $"{parts[0]}/{parts[1]}" == Root ? (parts[2], parts[3]) : ("", "");
        return IsValidId(site) && IsValidId(device);
    }

    private static string Device(string site, string device) => $"{Root}/{site}/{device}";
}

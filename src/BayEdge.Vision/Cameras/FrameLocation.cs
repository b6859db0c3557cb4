using System.Net;
using System.Text.RegularExpressions;
using BayEdge.Core.Drivers;

namespace BayEdge.Vision.Cameras;

internal enum FrameLocationKind
{
    Network,
    Device,
    VideoFile,
    PictureFolder,
}

/// <summary>Where pictures come from. As text it carries no user name and no password, so it may stand in any message.</summary>
internal sealed partial class FrameLocation
{
    private static readonly string[] Schemes = ["rtsp", "rtsps", "http", "https"];

    private readonly string _shown;

    private FrameLocation(FrameLocationKind kind, string address, NetworkCredential? login, string shown)
    {
        (Kind, Address, Login) = (kind, address, login);
        _shown = shown;
    }

    public FrameLocationKind Kind { get; }

    /// <summary>What is opened, without user name and password.</summary>
    public string Address { get; }

    /// <summary>Null when none is set.</summary>
    public NetworkCredential? Login { get; }

    /// <summary>What is opened, with user name and password; never to be shown.</summary>
    public string AddressWithLogin => Login is null
        ? Address
        : Address.Insert(HostStart(Address), $"{Uri.EscapeDataString(Login.UserName)}:{Uri.EscapeDataString(Login.Password)}@");

    /// <summary>Whether pictures come by themselves, so that their absence is a fault.</summary>
    public bool IsLive => Kind is FrameLocationKind.Network or FrameLocationKind.Device;

    public bool IsRtsp => Address.StartsWith("rtsp", StringComparison.OrdinalIgnoreCase);

    /// <param name="url">A login in it goes before <paramref name="user"/> and <paramref name="password"/>.</param>
    /// <exception cref="DeviceFaultException">The text names none of the four kinds.</exception>
    public static FrameLocation Of(string url, string? user = null, string? password = null)
    {
        if (url.Contains("://", StringComparison.Ordinal))
            return OfNetwork(url, string.IsNullOrEmpty(user) ? null : new NetworkCredential(user, password));
        if (string.IsNullOrWhiteSpace(url))
            throw Unknown(url);

        var kind = url.StartsWith("/dev/", StringComparison.Ordinal) ? FrameLocationKind.Device
            : Directory.Exists(url) ? FrameLocationKind.PictureFolder
            : FrameLocationKind.VideoFile;
        return new FrameLocation(kind, url, login: null, shown: url);
    }

    /// <summary>Takes everything out of a text that may be a password in a URL.</summary>
    /// <remarks>Up to the last @, for a password may itself hold one, or a slash; some cameras take it in path or query.</remarks>
    public static string Redact(string text) => NamedSecret().Replace(UserAndPassword().Replace(text, "://***@"), "$1=***");

    public override string ToString() => _shown;

    private static FrameLocation OfNetwork(string url, NetworkCredential? login)
    {
        // A line break would end the line of the playlist that the address is handed over in.
        var hostStart = HostStart(url);
        if (!Schemes.Contains(url[..(hostStart - 3)], StringComparer.OrdinalIgnoreCase) || url.Any(char.IsControl))
            throw Unknown(Redact(url));

        var authorityEnd = url.IndexOfAny(['/', '?', '#'], hostStart);
        var at = url.LastIndexOf('@', (authorityEnd < 0 ? url.Length : authorityEnd) - 1);
        var address = at < hostStart ? url : url.Remove(hostStart, at + 1 - hostStart);
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
            throw Unknown(Redact(url));
        return new FrameLocation(FrameLocationKind.Network, address, at < hostStart ? login : LoginOf(url[hostStart..at]), Redact(url));
    }

    private static NetworkCredential LoginOf(string userInfo)
    {
        var parts = userInfo.Split(':', 2);
        return new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }

    private static int HostStart(string url) => url.IndexOf("://", StringComparison.Ordinal) + 3;

    private static DeviceFaultException Unknown(string shown) => new(
        DeviceFaultKind.Local,
        "Expected a camera address such as rtsp://192.0.2.6/1 or http://192.0.2.6/video, a device such as /dev/video0, a video file "
        + $"or a folder of pictures, but found '{shown}'. Correct the camera's url.");

    [GeneratedRegex("://.*@")]
    private static partial Regex UserAndPassword();

    [GeneratedRegex("(?i)(user|usr|username|login|password|passwd|pass|pwd|token|auth|key)=[^&_/?#]*")]
    private static partial Regex NamedSecret();
}

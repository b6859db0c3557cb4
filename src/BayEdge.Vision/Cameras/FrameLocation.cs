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

    private FrameLocation(FrameLocationKind kind, string address)
    {
        Kind = kind;
        Address = address;
        _shown = kind == FrameLocationKind.Network ? Redact(address) : address;
    }

    public FrameLocationKind Kind { get; }

    /// <summary>What the picture library opens; with user name and password.</summary>
    public string Address { get; }

    /// <summary>Whether pictures come by themselves, so that their absence is a fault.</summary>
    public bool IsLive => Kind is FrameLocationKind.Network or FrameLocationKind.Device;

    public bool IsRtsp => Address.StartsWith("rtsp", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="DeviceFaultException">The text names none of the four kinds.</exception>
    public static FrameLocation Of(string url, string? user = null, string? password = null)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0)
        {
            if (!Schemes.Contains(url[..scheme], StringComparer.OrdinalIgnoreCase) || scheme + 3 == url.Length)
                throw Unknown(Redact(url));
            return new FrameLocation(FrameLocationKind.Network, WithCredentials(url, scheme + 3, user, password));
        }

        if (string.IsNullOrWhiteSpace(url))
            throw Unknown(url);
        if (url.StartsWith("/dev/", StringComparison.Ordinal))
            return new FrameLocation(FrameLocationKind.Device, url);
        return new FrameLocation(Directory.Exists(url) ? FrameLocationKind.PictureFolder : FrameLocationKind.VideoFile, url);
    }

    public override string ToString() => _shown;

    private static string WithCredentials(string url, int hostStart, string? user, string? password)
    {
        var authorityEnd = url.IndexOfAny(['/', '?', '#'], hostStart);
        var authority = authorityEnd < 0 ? url[hostStart..] : url[hostStart..authorityEnd];
        return string.IsNullOrEmpty(user) || authority.Contains('@', StringComparison.Ordinal)
            ? url
            : url.Insert(hostStart, $"{Uri.EscapeDataString(user)}:{Uri.EscapeDataString(password ?? "")}@");
    }

    // Up to the last @: a password may itself hold one, or a slash. Some cameras take the password in path or query.
    private static string Redact(string url) =>
        NamedSecret().Replace(UserAndPassword().Replace(url, "://***@"), "$1=***");

    private static DeviceFaultException Unknown(string shown) => new(
        DeviceFaultKind.Local,
        $"Expected a camera address (rtsp://... or http://...), a device such as /dev/video0, a video file or a folder of pictures, "
        + $"but found '{shown}'. Correct the camera's url.");

    [GeneratedRegex("://.*@")]
    private static partial Regex UserAndPassword();

    [GeneratedRegex("(?i)(user|usr|username|login|password|passwd|pass|pwd|token|auth|key)=[^&_/?#]*")]
    private static partial Regex NamedSecret();
}

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

    /// <exception cref="DeviceFaultException">The text names none of the four kinds, or holds a login.</exception>
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
    /// <remarks>
    /// Up to the last @, for a password may itself hold one, or a slash. Cameras take logins in path and query too, under names
    /// of their own: so no value of a query is shown, and none in a path whose name sounds like a secret.
    /// </remarks>
    public static string Redact(string text)
    {
        var withoutLogin = UserAndPassword().Replace(text, "://***@");
        var query = withoutLogin.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? withoutLogin : withoutLogin[..query];
        return SecretInPath().Replace(path, "$1=***") + (query < 0 ? "" : QueryValue().Replace(withoutLogin[query..], "$1***"));
    }

    public override string ToString() => _shown;

    private static FrameLocation OfNetwork(string url, NetworkCredential? login)
    {
        // A line break would end the line of the playlist that the address is handed over in.
        var hostStart = HostStart(url);
        if (!Schemes.Contains(url[..(hostStart - 3)], StringComparer.OrdinalIgnoreCase) || url.Any(char.IsControl))
            throw Unknown(Redact(url));

        var authorityEnd = url.IndexOfAny(['/', '?', '#'], hostStart);
        if (url.AsSpan(hostStart, (authorityEnd < 0 ? url.Length : authorityEnd) - hostStart).Contains('@'))
            throw HoldsLogin(Redact(url));
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
            throw Unknown(Redact(url));
        return new FrameLocation(FrameLocationKind.Network, url, login, Redact(url));
    }

    private static int HostStart(string url) => url.IndexOf("://", StringComparison.Ordinal) + 3;

    private static DeviceFaultException Unknown(string shown) => new(
        DeviceFaultKind.Local,
        $"Expected a camera address such as rtsp://192.0.2.6/1 or http://192.0.2.6/video, a device such as /dev/video0, a video file "
        + $"or a folder of pictures, but found '{shown}'. Correct the camera's url.");

    private static DeviceFaultException HoldsLogin(string shown) => new(
        DeviceFaultKind.Local,
        $"The camera's url {shown} holds a login, but secrets do not belong into the configuration. Take the login out of the url, "
        + $"put the name into the camera's user, and the password into secrets.json under the camera's id: "
        + $"{{\"sources\":{{\"cam-1\":{{\"password\":\"…\"}}}}}}.");

    [GeneratedRegex("://.*@")]
    private static partial Regex UserAndPassword();

    // Such as /user=admin_password=my_secret_channel=1: an underline ends the value only where the next name begins.
    [GeneratedRegex("(?i)([a-z]*(?:user|usr|login|pas|pwd|token|auth|key|secret)[a-z]*)=.*?(?=[&/?#]|_[a-z]+=|$)")]
    private static partial Regex SecretInPath();

    // A part without a name may be the login itself.
    [GeneratedRegex("([?&](?:[^=&]*=)?)[^&]*")]
    private static partial Regex QueryValue();
}

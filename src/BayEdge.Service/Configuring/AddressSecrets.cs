using System.Text.RegularExpressions;

namespace BayEdge.Service.Configuring;

/// <summary>Hides the secrets that stand within an address, as those of cameras do: <c>rtsp://user:password@host/path?token=...</c>.</summary>
internal static partial class AddressSecrets
{
    public static string Hide(string address) => Secret().Replace(address, SecretMask.Text);

    /// <summary>Puts the hidden secrets back, in their order.</summary>
    /// <param name="shown">As it was shown, and perhaps changed beside its secrets.</param>
    /// <param name="current">Where the secrets are; null when there is none.</param>
    /// <returns>Null when it hides more than there is.</returns>
    public static string? Restore(string shown, string? current)
    {
        var secrets = Secret().Matches(current ?? "").Select(match => match.Value).ToList();
        var parts = shown.Split(SecretMask.Text);
        if (parts.Length == 1)
            return shown;
        return parts.Length - 1 == secrets.Count
            ? string.Concat(parts.Zip([.. secrets, ""], (part, secret) => part + secret))
            : null;
    }

    // What follows the user in the authority (RFC 3986 section 3.2.1), and whatever a query calls a secret.
    [GeneratedRegex(@"(?<=^[a-z][a-z0-9+.\-]*://[^/?#@:]*:)[^/?#]+(?=@)|(?<=[?&][^=&#]*(pass|pwd|token|secret|auth|key)[^=&#]*=)[^&#]+", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}

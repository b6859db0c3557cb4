using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace BayEdge.Drivers.HttpPush;

/// <summary>What a sender proves itself with: <c>Authorization: Bearer TOKEN</c>, or the password of Basic authentication.</summary>
internal static class PushToken
{
    private const string Bearer = "Bearer";
    private const string Basic = "Basic";

    /// <summary>What is wrong with the proof, without any of it; null when nothing is.</summary>
    public static string? FaultIn(HttpRequest request, PushInbox inbox)
    {
        const string expected = "expected the device's token as 'Authorization: Bearer TOKEN' or as the password of Basic authentication";
        var header = request.Headers.Authorization.ToString();
        if (header.Length == 0)
            return $"{expected}, but the message has none; set the token of {inbox.Id} in the sender";
        if (In(header) is not { Length: > 0 } given)
            return $"{expected}, but the header Authorization holds something else; set the token of {inbox.Id} in the sender";
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(inbox.Token))
            ? null
            : $"expected the token of {inbox.Id}, but found another one; correct it in the sender, or in secrets.json under {inbox.Id}";
    }

    /// <returns>Null or empty when there is none.</returns>
    private static string? In(string header) => header.Split(' ', 2, StringSplitOptions.TrimEntries) switch
    {
        [var scheme, var token] when scheme.Equals(Bearer, StringComparison.OrdinalIgnoreCase) => token,
        [var scheme, var credentials] when scheme.Equals(Basic, StringComparison.OrdinalIgnoreCase) => PasswordIn(credentials),
        _ => null,
    };

    private static string? PasswordIn(string credentials)
    {
        var bytes = new byte[credentials.Length];
        if (!Convert.TryFromBase64String(credentials, bytes, out var count))
            return null;
        var text = Encoding.UTF8.GetString(bytes, 0, count);
        return text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }
}

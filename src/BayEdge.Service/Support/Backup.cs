using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using BayEdge.Core.Configuration;
using BayEdge.Service.Configuring;
using BayEdge.Service.Hosting;

namespace BayEdge.Service.Support;

/// <summary>A device's configuration for keeping elsewhere.</summary>
/// <param name="Configuration">Its secrets hidden.</param>
/// <param name="Secrets">The secrets under a password; null when they are left out.</param>
internal sealed record Backup(string Product, string Version, DateTimeOffset At, string Configuration, SealedSecrets? Secrets)
{
    public const string ProductName = "BayEdge";
}

/// <summary>What a backup seals: the secrets file, and the configuration, for secrets stand within its addresses, too.</summary>
/// <param name="Document">Null in the backups of versions that sealed only the secrets file.</param>
internal sealed record BackedUpSecrets(Secrets Secrets, JsonObject? Document)
{
    private const string DocumentKey = "configuration";

    /// <returns>Null where nothing of it is hidden in what everybody may read.</returns>
    public static string? Compose(Secrets secrets, JsonObject document, string shown)
    {
        var file = SecretsFile.Compose(secrets);
        if (file is null && ConfigurationText.Of(document) == shown)
            return null;
        var content = ConfigurationText.Parse(file ?? "{}")!;
        content[DocumentKey] = document.DeepClone();
        return content.ToJsonString();
    }

    public static BackedUpSecrets? Parse(string text)
    {
        if (ConfigurationText.Parse(text) is not { } content)
            return null;
        var document = content[DocumentKey] as JsonObject;
        content.Remove(DocumentKey);
        return SecretsFile.Parse("secrets.json", content.ToJsonString()).Secrets is { } secrets ? new BackedUpSecrets(secrets, document) : null;
    }
}

/// <summary>AES-256-GCM (NIST SP 800-38D) under a key that PBKDF2 makes of the password; everything in base 64.</summary>
internal sealed record SealedSecrets(string Salt, string Nonce, string Tag, string Content, int Iterations)
{
    // OWASP Password Storage Cheat Sheet: 210,000 for PBKDF2-HMAC-SHA512.
    private const int PresentIterations = 210_000;
    private const int MostIterations = 2_000_000;

    public static SealedSecrets Seal(string secrets, string password)
    {
        var (salt, nonce, tag) = (RandomNumberGenerator.GetBytes(16), RandomNumberGenerator.GetBytes(12), new byte[16]);
        var plain = Encoding.UTF8.GetBytes(secrets);
        var content = new byte[plain.Length];
        using var cipher = new AesGcm(KeyOf(password, salt, PresentIterations), tag.Length);
        cipher.Encrypt(nonce, plain, content, tag);
        return new SealedSecrets(Convert.ToBase64String(salt), Convert.ToBase64String(nonce), Convert.ToBase64String(tag), Convert.ToBase64String(content), PresentIterations);
    }

    /// <returns>Null when the password is another, or the backup damaged.</returns>
    public string? Open(string password)
    {
        try
        {
            if (Iterations is < 1 or > MostIterations)
                return null;
            var content = Convert.FromBase64String(Content);
            var plain = new byte[content.Length];
            using var cipher = new AesGcm(KeyOf(password, Convert.FromBase64String(Salt), Iterations), 16);
            cipher.Decrypt(Convert.FromBase64String(Nonce), content, Convert.FromBase64String(Tag), plain);
            return Encoding.UTF8.GetString(plain);
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or ArgumentException)
        {
            // Both come out the same, and whoever asks is told both.
            return null;
        }
    }

    private static byte[] KeyOf(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password.Normalize()), salt, iterations, HashAlgorithmName.SHA512, 32);
}

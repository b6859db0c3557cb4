using System.Security.Cryptography;
using System.Text;

namespace BayEdge.Service.Access;

/// <summary>A PIN or password as it is kept: PBKDF2 with HMAC-SHA-512 (RFC 8018).</summary>
internal sealed record PasswordHash(string Salt, string Hash, int Iterations)
{
    public const int Shortest = 6;
    public const int Longest = 128;

    // OWASP Password Storage Cheat Sheet: 210,000 for PBKDF2-HMAC-SHA512.
    private const int PresentIterations = 210_000;
    private const int Bytes = 32;

    public static PasswordHash Of(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return new PasswordHash(Convert.ToBase64String(salt), Convert.ToBase64String(Derive(password, salt, PresentIterations)), PresentIterations);
    }

    public bool Matches(string password) =>
        CryptographicOperations.FixedTimeEquals(Derive(password, Convert.FromBase64String(Salt), Iterations), Convert.FromBase64String(Hash));

    /// <summary>One digit again and again, or digits in a row: what everybody tries first.</summary>
    public static bool IsTooSimple(string password) =>
        password.Distinct().Count() < 3 || IsRow(password, 1) || IsRow(password, -1);

    private static bool IsRow(string password, int step) => password.Zip(password.Skip(1), (first, second) => second - first).All(difference => difference == step);

    private static byte[] Derive(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password.Normalize()), salt, iterations, HashAlgorithmName.SHA512, Bytes);
}

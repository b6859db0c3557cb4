using System.Security.Cryptography;
using System.Text;
using BayEdge.Core.Delivery;
using BayEdge.Service.Hosting;
using BayEdge.Storage.Files;

namespace BayEdge.Service.Access;

/// <summary>
/// What proves that somebody stands before this very device: a random code on its label, made when its card was written, or at
/// the first start.
/// </summary>
internal sealed class ClaimCode
{
    public const string FileName = "claim-code";

    // Crockford's base 32: no letter that looks like a digit. Ten of them are 50 bits.
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 10;

    private ClaimCode(string text, bool isNew) => (Text, IsNew) = (text, isNew);

    /// <summary>In two groups of five, as on the label.</summary>
    public string Text { get; }

    /// <summary>Made just now, so that no label can have it yet.</summary>
    public bool IsNew { get; }

    /// <summary>The code of the label from beside the configuration, else the one kept in the data folder, else a new one.</summary>
    public static ClaimCode Open(FileInfo configuration, DataFolder folder)
    {
        var kept = Path.Combine(folder.Path, FileName);
        foreach (var path in new[] { Path.Combine(configuration.DirectoryName ?? ".", FileName), kept })
        {
            if (Read(path) is { } code)
                return new ClaimCode(code, isNew: false);
        }

        var made = RandomNumberGenerator.GetString(Alphabet, Length).Insert(Length / 2, "-");
        try
        {
            PrivateFile.Write(kept, Encoding.UTF8.GetBytes(made));
        }
        catch (StorageFaultException)
        {
            // On a full card the code holds until the next start, which makes another and says it again.
        }

        return new ClaimCode(made, isNew: true);
    }

    public bool Matches(string typed) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Normalize(typed)), Encoding.UTF8.GetBytes(Normalize(Text)));

    // As Crockford reads them: O is 0, I and L are 1; hyphens, spaces and case do not matter.
    private static string Normalize(string code) => string.Concat(code.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit))
        .Replace('O', '0').Replace('I', '1').Replace('L', '1');

    private static string? Read(string path)
    {
        try
        {
            return PrivateFile.Read(path) is { } content && Encoding.UTF8.GetString(content).Trim() is { Length: >= 8 } code ? code : null;
        }
        catch (StorageFaultException)
        {
            // Not this user's to read; the next place is looked at.
            return null;
        }
    }
}

using System.Formats.Tar;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace BayEdge.Service.Updating;

/// <summary>A signed update, as <c>deploy/update/make-update.sh</c> makes it.</summary>
/// <remarks>
/// A tar archive of three entries in this order: <c>manifest</c>, lines of <c>NAME=VALUE</c> with <c>version</c>, <c>runtime</c> and
/// <c>sha256</c>; <c>manifest.sig</c>, its ECDSA signature over SHA-256 (RFC 3279 section 2.2.3); and <c>program.tar.gz</c>, which has that sum.
/// </remarks>
internal static class UpdateFile
{
    private const int MostManifestBytes = 4096;

    /// <summary>As the manifest names this kind of computer.</summary>
    public static string ThisComputer { get; } = $"linux-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";

    /// <returns>The version that is in it.</returns>
    /// <exception cref="UpdateRefusedException">It is none that this device should install.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Version Verify(Stream file, ECDsa key, Version runs)
    {
        using var archive = new TarReader(file, leaveOpen: true);
        var manifest = Content(Next(archive, "manifest"));
        if (!key.VerifyData(manifest, Content(Next(archive, "manifest.sig")), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence))
            throw new UpdateRefusedException(UpdateSentences.Foreign.With());

        var values = Encoding.UTF8.GetString(manifest).Split('\n').Select(line => line.Split('=', 2)).Where(parts => parts.Length == 2)
            .ToLookup(parts => parts[0], parts => parts[1]);
        if (!Version.TryParse(values["version"].FirstOrDefault(), out var version))
            throw new UpdateRefusedException(UpdateSentences.Unreadable.With());
        if (values["runtime"].FirstOrDefault() != ThisComputer)
            throw new UpdateRefusedException(UpdateSentences.OtherComputer.With(("expected", ThisComputer)));
        if (version <= runs)
            throw new UpdateRefusedException(UpdateSentences.NotNewer.With(("runs", runs.ToString())));
        if (!Convert.ToHexStringLower(HashOf(Next(archive, "program.tar.gz"))).Equals(values["sha256"].FirstOrDefault(), StringComparison.OrdinalIgnoreCase))
            throw new UpdateRefusedException(UpdateSentences.Damaged.With());
        return version;
    }

    private static TarEntry Next(TarReader archive, string name)
    {
        try
        {
            if (archive.GetNextEntry() is { EntryType: TarEntryType.RegularFile, DataStream: not null } entry && entry.Name == name)
                return entry;
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or FormatException or ArgumentException or OverflowException)
        {
            // No archive, or what is left of one.
        }

        throw new UpdateRefusedException(UpdateSentences.Unreadable.With());
    }

    private static byte[] Content(TarEntry entry)
    {
        if (entry.Length is 0 or > MostManifestBytes)
            throw new UpdateRefusedException(UpdateSentences.Unreadable.With());
        var content = new byte[entry.Length];
        try
        {
            entry.DataStream!.ReadExactly(content);
        }
        catch (EndOfStreamException)
        {
            throw new UpdateRefusedException(UpdateSentences.Unreadable.With());
        }

        return content;
    }

    private static byte[] HashOf(TarEntry program)
    {
        try
        {
            return SHA256.HashData(program.DataStream!);
        }
        catch (EndOfStreamException)
        {
            throw new UpdateRefusedException(UpdateSentences.Damaged.With());
        }
    }
}

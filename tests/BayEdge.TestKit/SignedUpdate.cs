using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace BayEdge.TestKit;

/// <summary>Updates as <c>make-update.sh</c> makes them, and the keys for them.</summary>
public sealed class SignedUpdate : IDisposable
{
    private static readonly string ThisComputer = $"linux-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string PublicPem => _key.ExportSubjectPublicKeyInfoPem();

    /// <param name="runtime">The computer that it is for; null for this one.</param>
    /// <param name="program">The files of the program, by name.</param>
    /// <param name="spoil">Changes the program after its sum was taken.</param>
    public byte[] Make(string version, string? runtime = null, IReadOnlyDictionary<string, string>? program = null, bool spoil = false)
    {
        var packed = Pack(program ?? new Dictionary<string, string> { ["bayedge"] = $"program {version}" });
        var manifest = Encoding.UTF8.GetBytes($"version={version}\nruntime={runtime ?? ThisComputer}\nsha256={Convert.ToHexStringLower(SHA256.HashData(packed))}\n");
        if (spoil)
            packed[^9] ^= 1;
        using var file = new MemoryStream();
        using (var archive = new TarWriter(file, TarEntryFormat.Ustar, leaveOpen: true))
        {
            Add(archive, "manifest", manifest);
            Add(archive, "manifest.sig", _key.SignData(manifest, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
            Add(archive, "program.tar.gz", packed);
        }

        return file.ToArray();
    }

    public void Dispose() => _key.Dispose();

    private static byte[] Pack(IReadOnlyDictionary<string, string> program)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (var archive = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            foreach (var (name, content) in program)
                Add(archive, name, Encoding.UTF8.GetBytes(content), executable: true);
        }

        return packed.ToArray();
    }

    private static void Add(TarWriter archive, string name, byte[] content, bool executable = false) => archive.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
    {
        DataStream = new MemoryStream(content),
        Mode = executable ? (UnixFileMode)0b111_101_101 : (UnixFileMode)0b110_100_100,
    });
}

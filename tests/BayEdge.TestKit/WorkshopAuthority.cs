using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace BayEdge.TestKit;

/// <summary>A certificate authority of a workshop, which issues certificates for any span of time.</summary>
public sealed class WorkshopAuthority
{
    private readonly X509Certificate2 _root;

    /// <param name="under">Who vouches for it; null for itself.</param>
    public WorkshopAuthority(string name, WorkshopAuthority? under = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var (from, until) = (DateTimeOffset.UtcNow.AddDays(-90), DateTimeOffset.UtcNow.AddDays(900));
        if (under is null)
        {
            _root = request.CreateSelfSigned(from, until);
            return;
        }

        using var issued = request.Create(under._root, from, until.AddDays(-1), RandomNumberGenerator.GetBytes(8));
        _root = issued.CopyWithPrivateKey(key);
    }

    /// <summary>As it is sent beside a certificate that it issued.</summary>
    public string Pem => _root.ExportCertificatePem();

    /// <returns>The file with its certificate.</returns>
    public string Save(TemporaryFolder folder)
    {
        var file = folder.File($"{Guid.NewGuid()}.pem");
        File.WriteAllText(file, _root.ExportCertificatePem());
        return file;
    }

    /// <summary>Issues a certificate for now, without its key.</summary>
    /// <param name="change">Adds to what is asked for.</param>
    public X509Certificate2 Sign(Action<CertificateRequest> change)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=broker", key, HashAlgorithmName.SHA256);
        change(request);
        return request.Create(_root, DateTimeOffset.UtcNow.AddDays(-10), DateTimeOffset.UtcNow.AddDays(10), RandomNumberGenerator.GetBytes(8));
    }

    /// <param name="name">For whom; null for this computer.</param>
    /// <param name="file">What the two files are called.</param>
    public (string Certificate, string Key) Issue(TemporaryFolder folder, string? name, DateTimeOffset from, DateTimeOffset until, string file = "broker")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name ?? "broker"}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name ?? "localhost");
        if (name is null)
            names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(_root, from, until, RandomNumberGenerator.GetBytes(8));
        var (certificateFile, keyFile) = (folder.File($"{file}.pem"), folder.File($"{file}.key"));
        File.WriteAllText(certificateFile, issued.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(keyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return (certificateFile, keyFile);
    }
}

using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BayEdge.TestKit;

namespace BayEdge.Messaging.Tests.Ladder;

/// <summary>A certificate authority of a workshop, which issues certificates for any span of time.</summary>
internal sealed class WorkshopAuthority
{
    private readonly X509Certificate2 _root;

    public WorkshopAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-90), DateTimeOffset.UtcNow.AddDays(900));
    }

    /// <returns>The file with its certificate.</returns>
    public string Save(TemporaryFolder folder)
    {
        var file = folder.File($"{Guid.NewGuid()}.pem");
        File.WriteAllText(file, _root.ExportCertificatePem());
        return file;
    }

    /// <param name="name">For whom; null for this computer.</param>
    public (string Certificate, string Key) Issue(TemporaryFolder folder, string? name, DateTimeOffset from, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=broker", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name ?? "localhost");
        if (name is null)
            names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(_root, from, until, RandomNumberGenerator.GetBytes(8));
        var (certificateFile, keyFile) = (folder.File("broker.pem"), folder.File("broker.key"));
        File.WriteAllText(certificateFile, issued.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return (certificateFile, keyFile);
    }
}

using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BayEdge.Core.Delivery;
using BayEdge.Service.Hosting;
using BayEdge.Storage.Files;

namespace BayEdge.Service.Access;

/// <summary>The certificate with which the page is served over HTTPS: self-signed, of this device only, made once.</summary>
internal static class DeviceCertificate
{
    public const string FileName = "certificate.pfx";

    // RFC 5280 section 4.1.2.5: GeneralizedTime for what has no well-defined end. A device without internet cannot renew.
    private static readonly DateTimeOffset NoEnd = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);

    // A device's clock may be wrong at its first start.
    private static readonly DateTimeOffset LongAgo = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <exception cref="StorageFaultException">The disk neither has one nor takes one.</exception>
    public static X509Certificate2 Open(DataFolder folder)
    {
        var path = Path.Combine(folder.Path, FileName);
        if (PrivateFile.Read(path) is { } kept)
        {
            try
            {
                return X509CertificateLoader.LoadPkcs12(kept, null);
            }
            catch (CryptographicException)
            {
                // Damaged: a new one is made, and the page shows its fingerprint.
            }
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Environment.MachineName}, O=BayEdge", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in new[] { Environment.MachineName, $"{Environment.MachineName}.local", "localhost" }.Distinct(StringComparer.OrdinalIgnoreCase))
            names.AddDnsName(name);
        foreach (var address in DeviceAddresses.Own().Append(IPAddress.Loopback))
            names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        using var made = request.CreateSelfSigned(LongAgo, NoEnd);
        var content = made.Export(X509ContentType.Pfx);
        PrivateFile.Write(path, content);
        return X509CertificateLoader.LoadPkcs12(content, null);
    }

    /// <summary>SHA-256 in hex pairs, as browsers show it.</summary>
    public static string FingerprintOf(X509Certificate2 certificate) =>
        string.Join(':', certificate.GetCertHash(HashAlgorithmName.SHA256).Select(pair => pair.ToString("X2", System.Globalization.CultureInfo.InvariantCulture)));
}

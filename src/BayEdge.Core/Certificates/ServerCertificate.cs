using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace BayEdge.Core.Certificates;

/// <summary>Judges the certificate that a server shows.</summary>
public static class ServerCertificate
{
    /// <param name="between">What the server sent beside it.</param>
    /// <param name="authorities">Whom it must descend from; null for the system's authorities.</param>
    /// <param name="isForHost">Whether it is for the name by which the server was called.</param>
    /// <param name="isClockSet">Whether <paramref name="now"/> can be trusted to say that it is not valid.</param>
    public static CertificateVerdict Judge(
        X509Certificate2 certificate, X509Certificate2Collection between, X509Certificate2Collection? authorities, bool isForHost, bool isClockSet, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var (from, until) = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        var isInTime = now >= from && now <= until;
        var fault = !isInTime && !isClockSet ? CertificateFault.ClockNotSet
            : now > until ? CertificateFault.Expired
            : now < from ? CertificateFault.NotYetValid
            : !isForHost ? CertificateFault.OtherName
            : !Descends(certificate, between, authorities, now) ? CertificateFault.UnknownAuthority
            : CertificateFault.None;
        return new CertificateVerdict(fault, NameOf(certificate), certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: true), from, until);
    }

    /// <summary>The authorities that a PEM file holds.</summary>
    /// <returns>Null where it holds none.</returns>
    public static X509Certificate2Collection? AuthoritiesIn(ReadOnlySpan<byte> pem)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPem(Encoding.UTF8.GetString(pem));
        }
        catch (CryptographicException)
        {
            return null;
        }

        return authorities.Count > 0 ? authorities : null;
    }

    /// <summary>As people write a date on a certificate.</summary>
    public static string Day(DateTime at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static bool Descends(
        X509Certificate2 certificate, X509Certificate2Collection between, X509Certificate2Collection? authorities, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        // A workshop has no way to a revocation list; a server's certificate is withdrawn by replacing its authority.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        // Nor would the runtime fetch an issuer that the server did not send: the judgement waits for nobody.
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        // RFC 5280, section 4.2.1.12: for servers.
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        chain.ChainPolicy.ExtraStore.AddRange(between);
        if (authorities is not null)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        }

        return chain.Build(certificate);
    }

    private static string NameOf(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(extension => extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(address => address.ToString()))).ToList();
        return names.Count > 0 ? string.Join(", ", names) : certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
    }
}

/// <param name="Name">For whom it is.</param>
/// <param name="Issuer">Who vouches for it.</param>
/// <param name="From">In UTC.</param>
/// <param name="Until">In UTC.</param>
public sealed record CertificateVerdict(CertificateFault Fault, string Name, string Issuer, DateTime From, DateTime Until);

public enum CertificateFault
{
    None,

    /// <summary>It is not valid now, by a clock that is not set.</summary>
    ClockNotSet,
    Expired,
    NotYetValid,
    OtherName,
    UnknownAuthority,
}

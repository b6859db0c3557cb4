using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using BayEdge.Contracts.Events;
using BayEdge.Core.Bays;
using BayEdge.Core.Commissioning;
using BayEdge.Messaging.Ladder;
using static BayEdge.Messaging.Certificates.CertificateFaults;

namespace BayEdge.Messaging.Certificates;

/// <summary>Judges the broker's certificate, and says which of its many possible faults it has.</summary>
/// <param name="authorities">Whom it must descend from; null for the system's authorities.</param>
/// <param name="host">For whom it must be.</param>
/// <param name="clock">How far the device's own clock can be trusted, by which a validity is judged.</param>
internal sealed class BrokerCertificate(X509Certificate2Collection? authorities, string host, Func<ClockState> clock, TimeProvider time)
{
    private static readonly TimeSpan RunsOutSoon = TimeSpan.FromDays(30);

    /// <summary>What the last one was found to be; null before.</summary>
    public (StepState State, Phrase Says)? Verdict { get; private set; }

    /// <summary>For a handshake of its own, which only looks.</summary>
    /// <param name="own">The device's certificate; null where it has none.</param>
    public SslClientAuthenticationOptions Handshake(X509Certificate2? own) => new()
    {
        TargetHost = host,
        ClientCertificates = own is null ? null : [own],
        RemoteCertificateValidationCallback = (_, certificate, chain, errors) => Accepts(certificate, chain, errors),
    };

    /// <param name="chain">What the broker sent beside it; null for nothing.</param>
    public bool Accepts(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
            return false;
        using var shown = new X509Certificate2(certificate);
        Verdict = Judge(shown, chain?.ChainPolicy.ExtraStore ?? [], errors);
        return Verdict is { State: not StepState.Failed };
    }

    private (StepState, Phrase) Judge(X509Certificate2 certificate, X509Certificate2Collection between, SslPolicyErrors errors)
    {
        var now = time.GetUtcNow();
        var (from, until) = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        var isInTime = now >= from && now <= until;
        if (!isInTime && clock() == ClockState.Unsynced)
            return Failed(LadderSentences.ClockNotSet.With(("now", Day(now.UtcDateTime))));
        if (now > until)
            return Failed(LadderSentences.Expired.With(("until", Day(until))));
        if (now < from)
            return Failed(LadderSentences.NotYetValid.With(("from", Day(from)), ("now", Day(now.UtcDateTime))));
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return Failed(LadderSentences.OtherName.With(("name", NameOf(certificate)), ("host", host)));
        if (!IsTrusted(certificate, between, now))
            return Failed(LadderSentences.UnknownAuthority.With(("issuer", IssuerOf(certificate))));

        var isNearlyOver = until - now.UtcDateTime < RunsOutSoon;
        return (
            isNearlyOver ? StepState.Warning : StepState.Ok,
            (isNearlyOver ? LadderSentences.TrustedNotLong : LadderSentences.Trusted).With(
                ("name", NameOf(certificate)), ("issuer", IssuerOf(certificate)), ("until", Day(until))));
    }

    private bool IsTrusted(X509Certificate2 certificate, X509Certificate2Collection between, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        // A workshop has no way to a revocation list; the broker's certificate is withdrawn by replacing its authority.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        // RFC 5280, section 4.2.1.12: for servers.
        chain.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid("1.3.6.1.5.5.7.3.1"));
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

    private static string IssuerOf(X509Certificate2 certificate) => certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: true);

    private static (StepState, Phrase) Failed(Phrase says) => (StepState.Failed, says);
}

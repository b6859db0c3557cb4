using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BayEdge.Contracts.Events;
using BayEdge.Core.Bays;
using BayEdge.Core.Commissioning;

namespace BayEdge.Messaging.Ladder;

/// <summary>Looks at the broker's certificate and says which of its many possible faults it has.</summary>
internal sealed class TlsRung(LadderOptions options, TimeProvider time)
{
    private static readonly TimeSpan RunsOutSoon = TimeSpan.FromDays(30);

    public async Task<Check> TryAsync(Socket socket, CancellationToken cancellationToken)
    {
        var authorities = new X509Certificate2Collection();
        if (options.Publisher.CertificateAuthorityFile is { } file && !TryLoad(file, authorities))
            return Failed(LadderSentences.NoAuthority.With(("file", file)));

        Check? verdict = null;
        using var limit = new CancellationTokenSource(options.Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await using var stream = new SslStream(new NetworkStream(socket));
        try
        {
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = options.Publisher.Broker.Host,
                    // Looked at, not relied on: nothing is sent here, and the login that follows judges for itself.
                    RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                    {
                        verdict = certificate is null ? null : Judge(new X509Certificate2(certificate), authorities, errors);
                        return verdict is { State: not StepState.Failed };
                    },
                },
                either.Token);
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return verdict ?? Failed(LadderSentences.NoCertificate.With(("port", options.Publisher.Broker.Port)));
    }

    private Check Judge(X509Certificate2 certificate, X509Certificate2Collection authorities, SslPolicyErrors errors)
    {
        var now = time.GetUtcNow();
        var (from, until) = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        var isInTime = now >= from && now <= until;
        if (!isInTime && options.Clock.State == ClockState.Unsynced)
            return Failed(LadderSentences.ClockNotSet.With(("now", Day(now.UtcDateTime))));
        if (now > until)
            return Failed(LadderSentences.Expired.With(("until", Day(until))));
        if (now < from)
            return Failed(LadderSentences.NotYetValid.With(("from", Day(from)), ("now", Day(now.UtcDateTime))));
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return Failed(LadderSentences.OtherName.With(("name", NameOf(certificate)), ("host", options.Publisher.Broker.Host)));
        if (!IsTrusted(certificate, authorities, now))
            return Failed(LadderSentences.UnknownAuthority.With(("issuer", IssuerOf(certificate))));

        var isNearlyOver = until - now.UtcDateTime < RunsOutSoon;
        return new Check(
            BrokerLadder.Tls,
            isNearlyOver ? StepState.Warning : StepState.Ok,
            (isNearlyOver ? LadderSentences.TrustedNotLong : LadderSentences.Trusted).With(
                ("name", NameOf(certificate)), ("issuer", IssuerOf(certificate)), ("until", Day(until))));
    }

    private static bool IsTrusted(X509Certificate2 certificate, X509Certificate2Collection authorities, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        if (authorities.Count > 0)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        }

        return chain.Build(certificate);
    }

    private static bool TryLoad(string file, X509Certificate2Collection authorities)
    {
        try
        {
            authorities.ImportFromPemFile(file);
            return authorities.Count > 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return false;
        }
    }

    private static string NameOf(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(extension => extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(address => address.ToString()))).ToList();
        return names.Count > 0 ? string.Join(", ", names) : certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
    }

    private static string IssuerOf(X509Certificate2 certificate) => certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: true);

    private static string Day(DateTime at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Check Failed(Phrase says) => new(BrokerLadder.Tls, StepState.Failed, says);
}

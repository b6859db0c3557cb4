using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using BayEdge.Contracts.Events;
using BayEdge.Core.Bays;
using BayEdge.Core.Certificates;
using BayEdge.Core.Commissioning;
using BayEdge.Messaging.Ladder;
using static BayEdge.Core.Certificates.ServerCertificate;

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
        var found = ServerCertificate.Judge(
            certificate, between, authorities, !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch), clock() != ClockState.Unsynced, now);
        var (until, today) = (Day(found.Until), Day(now.UtcDateTime));
        switch (found.Fault)
        {
            case CertificateFault.ClockNotSet:
                return Failed(LadderSentences.ClockNotSet.With(("now", today)));
            case CertificateFault.Expired:
                return Failed(LadderSentences.Expired.With(("until", until)));
            case CertificateFault.NotYetValid:
                return Failed(LadderSentences.NotYetValid.With(("from", Day(found.From)), ("now", today)));
            case CertificateFault.OtherName:
                return Failed(LadderSentences.OtherName.With(("name", found.Name), ("host", host)));
            case CertificateFault.UnknownAuthority:
                return Failed(LadderSentences.UnknownAuthority.With(("issuer", found.Issuer)));
        }

        var isNearlyOver = found.Until - now.UtcDateTime < RunsOutSoon;
        return (
            isNearlyOver ? StepState.Warning : StepState.Ok,
            (isNearlyOver ? LadderSentences.TrustedNotLong : LadderSentences.Trusted).With(("name", found.Name), ("issuer", found.Issuer), ("until", until)));
    }

    private static (StepState, Phrase) Failed(Phrase says) => (StepState.Failed, says);
}

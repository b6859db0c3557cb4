using System.Security.Cryptography.X509Certificates;
using BayEdge.Contracts.Events;
using BayEdge.Core.Bays;
using BayEdge.Messaging.Ladder;
using BayEdge.Messaging.Publishing;
using static BayEdge.Core.Certificates.ServerCertificate;

namespace BayEdge.Messaging.Certificates;

/// <summary>What keeps device and broker from believing each other.</summary>
internal static class CertificateFaults
{
    public static BrokerFaultException NoAuthority(string file, Exception? cause = null) =>
        new($"The file '{file}' of mqtt.caFile gives no certificate authority: check that it is there, may be read by the service's user and holds a certificate as PEM.", cause)
        { Rung = LadderSentences.NoAuthority.With(("file", file)) };

    public static BrokerFaultException Unreadable(string file, string setting, Exception cause) =>
        new(LadderSentences.OwnUnreadable.With(("file", file), ("setting", setting)), cause);

    public static BrokerFaultException NoCertificate(string file, Exception cause) => new(LadderSentences.OwnNoCertificate.With(("file", file)), cause);

    public static BrokerFaultException NotPrivate(string file) => new(LadderSentences.OwnNotPrivate.With(("file", file)));

    public static BrokerFaultException NoKey(string file) => new(LadderSentences.OwnNoKey.With(("file", file)));

    public static BrokerFaultException Locked(string file) => new(LadderSentences.OwnLocked.With(("file", file)));

    public static BrokerFaultException PfxClosed(string file, Exception cause) => new(LadderSentences.OwnPfxClosed.With(("file", file)), cause);

    public static BrokerFaultException KeyDoesNotFit(string file, string keyFile, Exception cause) =>
        new(LadderSentences.OwnKeyOther.With(("key", keyFile), ("file", file)), cause);

    public static BrokerFaultException BrokerNotTrusted(MqttPublisherOptions options, Phrase why, Exception cause) =>
        new($"The broker {options.Broker} could not prove who it is: {why}.", cause) { Rung = why };

    public static BrokerFaultException OwnWanted(Exception cause) => new(LadderSentences.OwnWanted.With(), cause);

    public static BrokerFaultException OwnRefused(string file, X509Certificate2 own, int alert, DateTimeOffset now, Exception cause)
    {
        var (from, until) = (own.NotBefore.ToUniversalTime(), own.NotAfter.ToUniversalTime());
        return new BrokerFaultException(
            now.UtcDateTime > until ? LadderSentences.OwnExpired.With(("file", file), ("until", Day(until)))
            : now.UtcDateTime < from ? LadderSentences.OwnNotYetValid.With(("file", file), ("from", Day(from)), ("now", Day(now.UtcDateTime)))
            : alert == TlsAlert.CertificateExpired ? LadderSentences.OwnExpiredThere.With(("file", file), ("until", Day(until)))
            : LadderSentences.OwnRefused.With(("file", file), ("issuer", own.GetNameInfo(X509NameType.SimpleName, forIssuer: true))),
            cause);
    }

    /// <summary>That the device's own certificate ran out, or must be renewed soon; null while it lasts, and where no clock can tell.</summary>
    public static Wording? RunsOut(string file, X509Certificate2 own, DateTimeOffset now, ClockState clock, TimeSpan soon)
    {
        var until = own.NotAfter.ToUniversalTime();
        if (clock == ClockState.Unsynced || until - now.UtcDateTime >= soon)
            return null;
        return now.UtcDateTime > until
            ? Wording.Of($"Our certificate '{file}' for the broker ran out on {Day(until)}: have it renewed; renewed files are taken without a restart.")
            : $"Our certificate '{file}' for the broker runs out on {Day(until)}: have it renewed before; renewed files are taken without a restart.";
    }
}

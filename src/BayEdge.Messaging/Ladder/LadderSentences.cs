using BayEdge.Core.Bays;

namespace BayEdge.Messaging.Ladder;

/// <summary>What the rungs say. The page says each of them in its languages, by its key.</summary>
public static class LadderSentences
{
    public static readonly Sentence NotTried = new("ladder.notTried", "not tried, because an earlier rung failed");
    public static readonly Sentence Running = new("ladder.running", "trying");

    internal static readonly Sentence NoName = new("ladder.noName", "{host} is an address; no name has to be found");
    internal static readonly Sentence NameFound = new("ladder.nameFound", "{host} is {address}");
    internal static readonly Sentence NameUnknown = new("ladder.nameUnknown", "the name {host} is not known here: check its spelling and the network's name server, or enter the address in numbers");
    internal static readonly Sentence NameSilent = new("ladder.nameSilent", "the network's name server did not answer within {length}: check the DNS address of the network step");

    internal static readonly Sentence Reached = new("ladder.reached", "{address} answers on port {port}");
    internal static readonly Sentence NothingListens = new("ladder.nothingListens", "{address} is there, but nothing listens on port {port}: check that the broker runs, and its port");
    internal static readonly Sentence NoWay = new("ladder.noWay", "there is no way to {address}: check the cable, and the gateway of the network step");
    internal static readonly Sentence NoAnswer = new("ladder.noAnswer", "{address} did not answer on port {port} within {length}: check the address, and whether a firewall stands between");

    internal static readonly Sentence NoTls = new("ladder.noTls", "not asked for; whoever listens on the network can read everything");
    internal static readonly Sentence Trusted = new("ladder.trusted", "certificate for {name} from {issuer}, valid until {until}");
    internal static readonly Sentence TrustedNotLong = new("ladder.trustedNotLong", "certificate for {name} from {issuer} runs out on {until}: renew it before");
    internal static readonly Sentence NoCertificate = new("ladder.noCertificate", "what listens on port {port} shows no certificate: check that the port is the one for MQTT over TLS");
    internal static readonly Sentence ClockNotSet = new("ladder.clockNotSet", "the certificate cannot be judged, because the device's clock is not set: it says {now}; check the time server of the network step");
    internal static readonly Sentence Expired = new("ladder.expired", "the broker's certificate ran out on {until}: renew it at the broker");
    internal static readonly Sentence NotYetValid = new("ladder.notYetValid", "the broker's certificate is valid only from {from}, and the device's clock says {now}: one of the two is wrong");
    internal static readonly Sentence OtherName = new("ladder.otherName", "the certificate is for {name}, not for {host}: enter the broker's address by that name");
    internal static readonly Sentence UnknownAuthority = new("ladder.unknownAuthority", "the certificate comes from {issuer}, whom this device does not know: give it the workshop's authority (mqtt.caFile)");
    internal static readonly Sentence NoAuthority = new("ladder.noAuthority", "the file {file} gives no certificate authority: check that it is there and holds a certificate as PEM");

    internal static readonly Sentence LoggedIn = new("ladder.loggedIn", "the broker lets {account} in");
    internal static readonly Sentence LoggedInUnnamed = new("ladder.loggedInUnnamed", "the broker lets the device in without user name");
    internal static readonly Sentence WrongPassword = new("ladder.wrongPassword", "the broker refuses the user {account}: check user name and password");
    internal static readonly Sentence NeedsAccount = new("ladder.needsAccount", "the broker wants a user name and password: enter them");
    internal static readonly Sentence ClientRefused = new("ladder.clientRefused", "the broker refuses the client id {client}: allow it at the broker");
    internal static readonly Sentence Refused = new("ladder.refused", "the broker refuses the connection ({reason}): see the broker's log");
    internal static readonly Sentence NotMqtt = new("ladder.notMqtt", "what listens on port {port} does not speak MQTT here: check the port, and whether it wants TLS");
    internal static readonly Sentence BrokerSilent = new("ladder.brokerSilent", "the broker did not answer within {length}: it may be overloaded; see its log");

    internal static readonly Sentence Published = new("ladder.published", "the broker took a message of this device");
    internal static readonly Sentence MayNotPublish = new("ladder.mayNotPublish", "the broker does not let this device write {topic}: mend its access list");

    internal static readonly Sentence Echoed = new("ladder.echoed", "the message came back");
    internal static readonly Sentence MayNotHear = new("ladder.mayNotHear", "the message did not come back: the broker does not let this device read {topic}; mend its access list");

    internal static readonly Sentence ClocksAgree = new("ladder.clocksAgree", "the device's clock and the server's differ by {skew}");
    internal static readonly Sentence ClocksDiffer = new("ladder.clocksDiffer", "the device's clock and the server's differ by {skew}: give both the same time server");
    internal static readonly Sentence ClockUnknownSynced = new("ladder.clockUnknownSynced", "the server does not tell the time, so it was not compared; the device's clock follows a time server");
    internal static readonly Sentence ClockUnknown = new("ladder.clockUnknown", "the server does not tell the time, and the device's clock follows no time server: check the network step");
}

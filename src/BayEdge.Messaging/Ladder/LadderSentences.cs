using BayEdge.Core.Bays;

namespace BayEdge.Messaging.Ladder;

/// <summary>What the rungs say. The page says each of them in its languages, by its key.</summary>
public static class LadderSentences
{
    public static readonly Sentence NotTried = new("ladder.notTried", "not tested, because an earlier line failed");
    public static readonly Sentence Running = new("ladder.running", "testing");

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

    internal static readonly Sentence OwnUnreadable = new("ladder.ownUnreadable", "the file {file} of {setting} cannot be read: check that it is there and may be read by the service's user");
    internal static readonly Sentence OwnNoCertificate = new("ladder.ownNoCertificate", "the file {file} of mqtt.certFile holds no certificate: expected PEM, which begins with -----BEGIN CERTIFICATE-----, or a PFX file with a name that ends in .pfx or .p12");
    internal static readonly Sentence OwnNotPrivate = new("ladder.ownNotPrivate", "others than its owner may read the device's private key in {file}: give the file to the service's user, and let only that user read it (chmod 600)");
    internal static readonly Sentence OwnNoKey = new("ladder.ownNoKey", "the file {file} holds no private key: expected PEM with -----BEGIN PRIVATE KEY----- or alike; name the file with the key with mqtt.keyFile");
    internal static readonly Sentence OwnLocked = new("ladder.ownLocked", "the private key in {file} is locked: put its password into the secrets file as mqttKeyPassword, and check it where it is there");
    internal static readonly Sentence OwnPfxClosed = new("ladder.ownPfxClosed", "the file {file} of mqtt.certFile does not open as PFX: check that it is one, and its password, mqttKeyPassword of the secrets file");
    internal static readonly Sentence OwnKeyOther = new("ladder.ownKeyOther", "the private key in {key} does not fit the certificate in {file}: take the two that were issued together");
    internal static readonly Sentence OwnWanted = new("ladder.ownWanted", "the broker wants a certificate of this device: have one issued, and name its files with mqtt.certFile and mqtt.keyFile");
    internal static readonly Sentence OwnExpired = new("ladder.ownExpired", "the broker did not accept our certificate {file}, which ran out on {until}: have it renewed");
    internal static readonly Sentence OwnNotYetValid = new("ladder.ownNotYetValid", "the broker did not accept our certificate {file}, which is valid only from {from}, while the device's clock says {now}: one of the two is wrong");
    internal static readonly Sentence OwnExpiredThere = new("ladder.ownExpiredThere", "the broker did not accept our certificate {file}: by the broker's clock it has run out, by the device's it is valid until {until}; check both clocks");
    internal static readonly Sentence OwnRefused = new("ladder.ownRefused", "the broker did not accept our certificate {file}, issued by {issuer}: check that the broker trusts that authority and that the certificate was not withdrawn, and see the broker's log");
    internal static readonly Sentence ProxyUnreachable = new("ladder.proxyUnreachable", "the proxy {proxy} cannot be reached: check its address and port (mqtt.proxy), and that it runs");
    internal static readonly Sentence ProxyWantsLogin = new("ladder.proxyWantsLogin", "the proxy {proxy} wants a user name and password: put them into the secrets file as mqttProxyUser and mqttProxyPassword, and check them where they are there");
    internal static readonly Sentence ProxyRefuses = new("ladder.proxyRefuses", "the proxy {proxy} does not let the device through to {host} on port {port} (it answers {status}): allow CONNECT to it there, or take wss:// on port 443");
    internal static readonly Sentence ProxyMute = new("ladder.proxyMute", "what listens at {proxy} does not answer as an HTTP proxy: check mqtt.proxy");

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

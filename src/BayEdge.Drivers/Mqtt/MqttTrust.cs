using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using BayEdge.Core.Bays;
using BayEdge.Core.Certificates;
using BayEdge.Core.Drivers;
using MQTTnet;

namespace BayEdge.Drivers.Mqtt;

/// <summary>Whether what answers over TLS is the broker of a device.</summary>
internal sealed class MqttTrust : IDisposable
{
    private readonly MqttAccess _access;
    private readonly X509Certificate2Collection? _authorities;
    private readonly TimeProvider _time;
    private CertificateVerdict? _verdict;

    private MqttTrust(MqttAccess access, X509Certificate2Collection? authorities, TimeProvider time) => (_access, _authorities, _time) = (access, authorities, time);

    /// <summary>What speaks against the certificate that the broker showed; null for nothing, or before.</summary>
    public DeviceFaultException? Fault => _verdict?.Fault switch
    {
        CertificateFault.Expired => Refused(
            $"The certificate of the broker at {_access.Broker} ran out on {ServerCertificate.Day(_verdict.Until)}, by this computer's clock, which says {ServerCertificate.Day(_time.GetUtcNow().UtcDateTime)}. Renew it at the broker, or set the clock."),
        CertificateFault.NotYetValid => Refused(
            $"The certificate of the broker at {_access.Broker} is valid only from {ServerCertificate.Day(_verdict.From)}, and this computer's clock says {ServerCertificate.Day(_time.GetUtcNow().UtcDateTime)}. One of the two is wrong."),
        CertificateFault.OtherName => Refused(
            $"The certificate of the broker at {_access.Broker} is for {_verdict.Name}. Put that name into the setting url."),
        CertificateFault.UnknownAuthority => Refused(
            $"The certificate of the broker at {_access.Broker} comes from {_verdict.Issuer}, whom this computer does not know. Name the file of that authority with caFile."),
        _ => null,
    };

    /// <exception cref="DeviceFaultException">The file of the authority does not hold one.</exception>
    public static MqttTrust Load(MqttAccess access, TimeProvider time)
    {
        if (access.AuthorityFile is not { } file)
            return new MqttTrust(access, null, time);
        try
        {
            return new MqttTrust(access, ServerCertificate.AuthoritiesIn(File.ReadAllBytes(file)) ?? throw NoAuthority(file, null), time);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NoAuthority(file, exception);
        }
    }

    public void SetUp(MqttClientTlsOptionsBuilder tls) => tls.UseTls().WithTargetHost(_access.Broker.Host).WithRevocationMode(X509RevocationMode.NoCheck)
        .WithCertificateValidationHandler(shown => Accepts(shown.Certificate, shown.Chain, shown.SslPolicyErrors));

    public void Dispose()
    {
        foreach (var authority in _authorities ?? [])
            authority.Dispose();
    }

    private bool Accepts(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
            return false;
        using var shown = new X509Certificate2(certificate);
        _verdict = ServerCertificate.Judge(
            shown, chain?.ChainPolicy.ExtraStore ?? [], _authorities, !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch), isClockSet: true, _time.GetUtcNow());
        return _verdict.Fault == CertificateFault.None;
    }

    private static DeviceFaultException Refused(Wording says) => new(DeviceFaultKind.Refused, says);

    private static DeviceFaultException NoAuthority(string file, Exception? cause) => new(
        DeviceFaultKind.Local,
        $"The file '{file}' of caFile gives no certificate authority. Check that it is there, may be read by the service's user and holds a certificate as PEM.",
        cause);
}

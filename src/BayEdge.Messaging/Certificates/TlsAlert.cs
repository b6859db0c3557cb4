namespace BayEdge.Messaging.Certificates;

/// <summary>Finds why the broker ended a handshake, in what OpenSSL reports of it.</summary>
/// <remarks>RFC 8446, section 6.2 numbers the alerts; OpenSSL gives those of the peer as reasons from 1000 on (SSL_AD_REASON_OFFSET).</remarks>
internal static class TlsAlert
{
    public const int HandshakeFailure = 40, CertificateExpired = 45, CertificateRequired = 116;

    private const int FirstAlert = 1000, LastAlert = 1255;

    // openssl/err.h: the library in bits 23 to 30, the reason below them.
    private const int LibraryShift = 23, ReasonMask = 0x7FFFFF, SslLibrary = 20;

    /// <summary>The alert's number; null when the failure came from no alert.</summary>
    public static int? Find(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            var reason = cause.HResult & ReasonMask;
            if (cause.HResult >> LibraryShift == SslLibrary && reason is >= FirstAlert and <= LastAlert)
                return reason - FirstAlert;
        }

        return null;
    }

    /// <summary>Whether it is one by which the broker answers the device's own certificate: bad, unsupported, revoked, expired, unknown, of an unknown authority, without rights.</summary>
    public static bool RefusesCertificate(int alert) => alert is >= 42 and <= 46 or 48 or 49;
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using BayEdge.Core.Certificates;
using BayEdge.Core.Configuration;
using BayEdge.Messaging.Publishing;

namespace BayEdge.Messaging.Certificates;

/// <summary>The certificates of one connection, as their files held them when it was begun.</summary>
/// <param name="Authorities">Whom the broker's certificate must descend from; null for the system's authorities.</param>
/// <param name="Own">The device's own certificate with its key; null where it has none.</param>
/// <param name="Stamp">The same exactly as long as the files hold the same.</param>
internal sealed record TlsFiles(X509Certificate2Collection? Authorities, X509Certificate2? Own, string Stamp) : IDisposable
{
    private const string CertificateSetting = "mqtt.certFile", KeySetting = "mqtt.keyFile";

    /// <exception cref="BrokerFaultException">A file is missing or does not hold what it should; the message says which and what to do.</exception>
    public static TlsFiles Load(MqttPublisherOptions options)
    {
        var stamp = new StringBuilder();
        var authorities = options.CertificateAuthorityFile is { } authority ? LoadAuthorities(authority, Stamped(stamp)) : null;
        try
        {
            var own = options.ClientCertificateFile is { } file ? LoadOwn(file, options, Stamped(stamp)) : null;
            return new TlsFiles(authorities, own, stamp.ToString());
        }
        catch
        {
            Release(authorities);
            throw;
        }
    }

    public void Dispose()
    {
        Own?.Dispose();
        Release(Authorities);
    }

    private static void Release(X509Certificate2Collection? authorities)
    {
        foreach (var authority in authorities ?? [])
            authority.Dispose();
    }

    // Each file is read once, so that the stamp is of what was used.
    private static Func<string, byte[]> Stamped(StringBuilder stamp) => file =>
    {
        var content = File.ReadAllBytes(file);
        stamp.Append(Convert.ToHexString(SHA256.HashData(content)));
        return content;
    };

    private static X509Certificate2Collection LoadAuthorities(string file, Func<string, byte[]> read)
    {
        try
        {
            return ServerCertificate.AuthoritiesIn(read(file)) ?? throw CertificateFaults.NoAuthority(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CertificateFaults.NoAuthority(file, exception);
        }
    }

    private static X509Certificate2 LoadOwn(string file, MqttPublisherOptions options, Func<string, byte[]> read)
    {
        var keyFile = options.ClientKeyFile ?? file;
        var content = Read(file, CertificateSetting, read);
        if (MqttConfiguration.IsPfx(file))
        {
            PrivateKeyFile.Demand(file, CertificateSetting);
            return PrivateKeyFile.LoadPfx(content, file, options.Secrets.MqttKeyPassword);
        }

        var certificate = LoadPem(content, file);
        try
        {
            PrivateKeyFile.Demand(keyFile, keyFile == file ? CertificateSetting : KeySetting);
            var keyContent = keyFile == file ? content : Read(keyFile, KeySetting, read);
            return PrivateKeyFile.Join(certificate, Encoding.UTF8.GetString(keyContent), file, keyFile, options.Secrets.MqttKeyPassword);
        }
        finally
        {
            certificate.Dispose();
        }
    }

    private static byte[] Read(string file, string setting, Func<string, byte[]> read)
    {
        try
        {
            return read(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CertificateFaults.Unreadable(file, setting, exception);
        }
    }

    private static X509Certificate2 LoadPem(byte[] content, string file)
    {
        try
        {
            return X509Certificate2.CreateFromPem(Encoding.UTF8.GetString(content));
        }
        catch (CryptographicException exception)
        {
            throw CertificateFaults.NoCertificate(file, exception);
        }
    }
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BayEdge.Messaging.Publishing;

namespace BayEdge.Messaging.Certificates;

/// <summary>Reads the key that proves who the device is, and says what is wrong with it.</summary>
internal static class PrivateKeyFile
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <param name="setting">Which names the file.</param>
    /// <exception cref="BrokerFaultException">It cannot be read, or others than its owner may read it.</exception>
    public static void Demand(string file, string setting)
    {
        if (OperatingSystem.IsWindows())
            return;
        try
        {
            using var opened = File.OpenHandle(file);
            if ((File.GetUnixFileMode(opened) & Others) != 0)
                throw CertificateFaults.NotPrivate(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CertificateFaults.Unreadable(file, setting, exception);
        }
    }

    /// <exception cref="BrokerFaultException">The key cannot be read, or is another certificate's.</exception>
    public static X509Certificate2 Join(X509Certificate2 certificate, string keyPem, string file, string keyFile, string? password)
    {
        // Tried as each kind: what the certificate wants may differ from what the file holds, and then the two do not fit.
        using var rsa = RSA.Create();
        using var ec = ECDsa.Create();
        var isRsa = TryImport(rsa, keyPem, password);
        if (!isRsa && !TryImport(ec, keyPem, password))
        {
            throw keyPem.Contains("ENCRYPTED", StringComparison.Ordinal)
                ? CertificateFaults.Locked(keyFile)
                : CertificateFaults.NoKey(keyFile);
        }

        try
        {
            return isRsa ? certificate.CopyWithPrivateKey(rsa) : certificate.CopyWithPrivateKey(ec);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or CryptographicException)
        {
            throw CertificateFaults.KeyDoesNotFit(file, keyFile, exception);
        }
    }

    /// <exception cref="BrokerFaultException">It is no PFX file, does not open, or holds no key.</exception>
    public static X509Certificate2 LoadPfx(byte[] content, string file, string? password)
    {
        X509Certificate2 certificate;
        try
        {
            certificate = X509CertificateLoader.LoadPkcs12(content, password, X509KeyStorageFlags.EphemeralKeySet);
        }
        catch (CryptographicException exception)
        {
            throw CertificateFaults.PfxClosed(file, exception);
        }

        if (certificate.HasPrivateKey)
            return certificate;
        certificate.Dispose();
        throw CertificateFaults.NoKey(file);
    }

    private static bool TryImport(AsymmetricAlgorithm key, string pem, string? password)
    {
        try
        {
            if (password is not null && pem.Contains("ENCRYPTED PRIVATE KEY", StringComparison.Ordinal))
                key.ImportFromEncryptedPem(pem, password);
            else
                key.ImportFromPem(pem);
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            return false;
        }
    }
}

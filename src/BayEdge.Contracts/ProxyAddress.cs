namespace BayEdge.Contracts;

/// <summary>Where an HTTP proxy is that lets connections through by CONNECT, taken from a URL such as <c>http://proxy:3128</c>.</summary>
public sealed record ProxyAddress(string Host, int Port)
{
    /// <summary>Reads a URL; on failure <paramref name="problem"/> says in a sentence what was expected.</summary>
    public static bool TryParse(string url, out ProxyAddress? address, out string? problem)
    {
        address = null;
        if (url.Contains('@', StringComparison.Ordinal))
        {
            // Before anything repeats the text: it may hold a password.
            problem = "user name and password do not belong into the proxy's URL; put them into the secrets file";
            return false;
        }

        problem = $"expected a proxy such as http://192.0.2.1:3128, but found '{url}'";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme != "http" || uri.Host.Length == 0 || uri.PathAndQuery != "/")
            return false;

        problem = null;
        address = new ProxyAddress(uri.Host, uri.Port);
        return true;
    }

    public override string ToString() => $"http://{Host}:{Port}";
}

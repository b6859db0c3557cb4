namespace BayEdge.Central;

/// <summary>How to prove who one is to a broker, and how it proves who it is.</summary>
public sealed record BrokerLogin
{
    /// <summary>The environment variable that holds the password, since a command line is there for all to read.</summary>
    public const string PasswordVariable = "BAYEDGE_MQTT_PASSWORD";

    public string? UserName { get; init; }

    public string? Password { get; init; }

    /// <summary>
    /// A PEM file with the certificate that the broker's own must descend from; null trusts the authorities of the computer.
    /// </summary>
    public string? CertificateAuthorityFile { get; init; }

    /// <summary>The same with the password of <see cref="PasswordVariable"/> where none was given.</summary>
    internal BrokerLogin WithPasswordOfEnvironment() => this with { Password = Password ?? Environment.GetEnvironmentVariable(PasswordVariable) };
}

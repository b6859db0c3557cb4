using System.CommandLine;
using BayEdge.Central;

namespace BayEdge.Service.Commands;

/// <summary>The options that the commands of the central side share.</summary>
internal static class CentralArguments
{
    public const string LedgerDescription =
        "What keeps the events: a SQLite file, or PostgreSQL as postgres://user@host/database (its password from PGPASSWORD).";

    public static Option<FileInfo?> Sites() => new("--sites")
    {
        Description = "The sites' time zones, shifts and alert thresholds (JSON). Without it, this computer's zone, no shifts and 70 %.",
        HelpName = "FILE",
    };

    public static Option<string> Broker() => new("--broker") { Description = "The broker, such as mqtts://broker:8883.", HelpName = "URL", Required = true };

    /// <summary>Adds what a login needs to a command.</summary>
    /// <returns>Reads it from the command line.</returns>
    public static Func<ParseResult, BrokerLogin> AddLogin(Command command)
    {
        var user = new Option<string?>("--user")
        {
            Description = $"The broker's user name; the password is taken from {BrokerLogin.PasswordVariable}.",
            HelpName = "NAME",
        };
        var authority = new Option<FileInfo?>("--ca")
        {
            Description = "The certificate authority of the broker (PEM), where this computer does not trust it anyway.",
            HelpName = "FILE",
        };
        command.Options.Add(user);
        command.Options.Add(authority);
        return parsed => new BrokerLogin { UserName = parsed.GetValue(user), CertificateAuthorityFile = parsed.GetValue(authority)?.FullName };
    }
}

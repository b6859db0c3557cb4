using System.CommandLine;
using BayEdge.Core.Configuration;
using BayEdge.Service.Configuring;
using BayEdge.Service.Hosting;

namespace BayEdge.Service.Commands;

/// <summary>The <c>--config</c> option of every command that has one.</summary>
internal static class ConfigurationFile
{
    public const string DefaultPath = "/etc/bayedge/bayedge.json";

    public static Option<FileInfo> Option() => new("--config")
    {
        Description = $"The configuration file (JSON). The default is {DefaultPath}.",
        HelpName = "FILE",
        DefaultValueFactory = _ => new FileInfo(DefaultPath),
    };

    /// <summary>Reads the file for whoever uses none of its devices; when it cannot be used, says why on standard error and returns null.</summary>
    public static Task<EdgeConfiguration?> ReadAsync(FileInfo file, DriverCatalogue drivers, Secrets secrets, CancellationToken cancellationToken) =>
        ReadAsync(file, json => ConfigurationReader.Read(json, drivers, secrets), cancellationToken);

    /// <summary>Reads the file and the secrets beside it; when either cannot be used, says why on standard error and returns null.</summary>
    public static async Task<(EdgeConfiguration Configuration, Secrets Secrets)?> ReadWithSecretsAsync(
        FileInfo file, DriverCatalogue drivers, CancellationToken cancellationToken)
    {
        var (secrets, problem) = SecretsFile.Read(SecretsFile.PathBeside(file));
        if (secrets is null)
        {
            await Console.Error.WriteLineAsync(problem!.Text);
            return null;
        }

        return await ReadAsync(file, json => ConfigurationCheck.Read(json, drivers, secrets), cancellationToken) is { } configuration ? (configuration, secrets) : null;
    }

    private static async Task<EdgeConfiguration?> ReadAsync(FileInfo file, Func<string, ConfigurationResult> read, CancellationToken cancellationToken)
    {
        string json;
        try
        {
            json = await File.ReadAllTextAsync(file.FullName, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{file.FullName}: expected a configuration file that can be read, but {exception.Message}");
            return null;
        }

        var result = read(json);
        foreach (var problem in result.Problems)
            await Console.Error.WriteLineAsync($"{file.Name}: {problem}");
        return result.Configuration;
    }
}

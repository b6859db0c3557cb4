using System.CommandLine;
using System.CommandLine.Parsing;

namespace BayEdge.Service.Commands;

/// <summary>Runs the command that the arguments name; without any, the service.</summary>
internal static class CommandRunner
{
    // Longer than any command takes to stop: each bounds its own farewell, and cut off here it would exit with 143.
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        string[] effective = args is [] || (args[0].StartsWith("--", StringComparison.Ordinal) && args[0] is not "--help" and not "--version")
            ? ["run", .. args]
            : args;
        // A value may begin with @, which the parser would read as a file of arguments.
        var parsed = root.Parse(effective, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count == 0)
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = StopLimit });

        foreach (var error in parsed.Errors)
            await Console.Error.WriteLineAsync(error.Message);
        await Console.Error.WriteLineAsync($"See {string.Join(' ', NamesOf(parsed.CommandResult))} --help.");
        return ExitCodes.Usage;
    }

    private static IEnumerable<string> NamesOf(CommandResult command) =>
        command.Command is RootCommand ? ["bayedge"] : [.. command.Parent is CommandResult parent ? NamesOf(parent) : [], command.Command.Name];
}

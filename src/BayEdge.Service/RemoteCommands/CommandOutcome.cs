using System.Text.Json.Nodes;
using BayEdge.Contracts.Commands;

namespace BayEdge.Service.RemoteCommands;

/// <summary>What came of a command.</summary>
/// <param name="Data">For the reply; null for nothing.</param>
/// <param name="Error">Why nothing was done; null when it was.</param>
internal sealed record CommandOutcome(JsonNode? Data = null, CommandError? Error = null)
{
    /// <summary>What is done once the reply is on its way.</summary>
    public Action? Then { get; init; }

    public static CommandOutcome Failed(string key, string text) => new(Error: new CommandError(key, text));
}

using System.Text.Json.Nodes;
using BayEdge.Contracts.Commands;

namespace BayEdge.Core.Commands;

/// <summary>Makes replies.</summary>
public static class Replies
{
    public static CommandReply<JsonNode> Ok(string command, string? transaction, JsonNode? data) =>
        new() { Transaction = transaction, Command = command, Status = CommandStatus.Ok, Data = data };

    public static CommandReply<JsonNode> Error(string command, string? transaction, CommandError error) =>
        new() { Transaction = transaction, Command = command, Status = CommandStatus.Error, Error = error };
}

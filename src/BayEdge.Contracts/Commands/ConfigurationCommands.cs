using System.Text.Json.Nodes;

namespace BayEdge.Contracts.Commands;

public sealed record GetConfigurationResult
{
    /// <summary>Names this content.</summary>
    public required string Revision { get; init; }

    /// <summary>As in the configuration file, with its secrets in place but hidden; absent where the file is no JSON.</summary>
    public JsonObject? Configuration { get; init; }

    /// <summary>What is wrong with the file, where an earlier content is worked with; else absent.</summary>
    public IReadOnlyList<string>? Problems { get; init; }

    /// <summary>Until when it must be confirmed; absent when it holds.</summary>
    public DateTimeOffset? ConfirmBy { get; init; }
}

public sealed record SetConfigurationCommand
{
    /// <summary>The whole configuration as <see cref="GetConfigurationResult"/> has it, and changed. A secret that is hidden or left out stays.</summary>
    public required JsonObject Configuration { get; init; }

    /// <summary>What the change was made on; it is refused when another holds by now. Absent, it does not matter.</summary>
    public string? Revision { get; init; }

    /// <summary>
    /// It is taken back unless it is confirmed within this many seconds, 5 to 3600; 120 when absent. With 0 it holds at once, which
    /// what concerns the broker cannot.
    /// </summary>
    public int? ConfirmSeconds { get; init; }
}

public sealed record SetConfigurationResult
{
    /// <summary>Names what holds now, for <see cref="ConfirmConfigurationCommand"/>.</summary>
    public required string Revision { get; init; }

    /// <summary>Until when it must be confirmed; absent when it holds.</summary>
    public DateTimeOffset? ConfirmBy { get; init; }
}

public sealed record ConfirmConfigurationCommand
{
    /// <summary>As the reply to the change named it.</summary>
    public required string Revision { get; init; }
}

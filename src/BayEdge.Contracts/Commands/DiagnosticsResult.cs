using System.Text.Json.Serialization;
using BayEdge.Contracts.State;

namespace BayEdge.Contracts.Commands;

/// <summary>What support asks for first; holds no secret.</summary>
public sealed record DiagnosticsResult
{
    /// <summary>As on the health topic, as of now.</summary>
    public required DeviceHealth Health { get; init; }

    public required string OperatingSystem { get; init; }

    /// <summary>Such as <c>.NET 10.0.1</c>.</summary>
    public required string Runtime { get; init; }

    /// <summary>Of the processor, such as <c>arm64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>What the service holds in memory.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Of the whole computer.</summary>
    public required double ComputerUptimeSeconds { get; init; }

    /// <summary>The newest event that was given out.</summary>
    public required EventNumber LastEvent { get; init; }

    /// <summary>The newest warnings and errors of the service's log since it started, oldest first.</summary>
    public required IReadOnlyList<LoggedProblem> Problems { get; init; }
}

/// <param name="At">When it was logged.</param>
/// <param name="Level"><c>warning</c>, <c>error</c> or <c>fatal</c>.</param>
/// <param name="Text">In English.</param>
public sealed record LoggedProblem(
    [property: JsonRequired] DateTimeOffset At,
    [property: JsonRequired] string Level,
    [property: JsonRequired] string Text);

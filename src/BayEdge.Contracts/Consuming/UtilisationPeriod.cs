namespace BayEdge.Contracts.Consuming;

/// <summary>A span of time in which the use of bays is counted.</summary>
/// <param name="Shift">The shift's name; null when it is an hour.</param>
/// <param name="From">In the site's own offset.</param>
/// <param name="To">Not included.</param>
public sealed record UtilisationPeriod(string? Shift, DateTimeOffset From, DateTimeOffset To);

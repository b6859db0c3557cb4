namespace BayEdge.Central.Export;

/// <summary>A named value of an exported row.</summary>
/// <param name="Name">The column, and the member in JSON.</param>
/// <param name="Value">A text, a list of texts, a number, a truth, a moment in the site's offset, or null.</param>
internal readonly record struct Cell(string Name, object? Value);

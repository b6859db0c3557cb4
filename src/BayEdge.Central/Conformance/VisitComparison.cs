using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using BayEdge.Contracts.Consuming;

namespace BayEdge.Central.Conformance;

/// <summary>Holds visits that a consumer exported against those that it was told of.</summary>
/// <remarks>
/// The file is an array of visits, or an object whose <c>visits</c> is one, as <c>bayedge ledger visits --format json</c> writes it.
/// A retracted visit may be left out or marked as retracted. Visits of other runs and members that are not compared are passed over.
/// </remarks>
internal static class VisitComparison
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(1);

    /// <returns>What differs, a sentence each.</returns>
    /// <exception cref="JsonException">The text is no such file.</exception>
    public static IReadOnlyList<string> Differences(string json, IReadOnlyList<Visit> expected)
    {
        var found = Read(json).Where(visit => visit.VisitId is not null).ToLookup(visit => visit.VisitId!);
        var differences = expected.SelectMany(visit => Differences([.. found[visit.VisitId]], visit)).ToList();
        var prefixes = expected.Select(visit => PrefixOf(visit.VisitId)).ToHashSet();
        var known = expected.Select(visit => visit.VisitId).ToHashSet();
        differences.AddRange(found
            .Where(visits => !known.Contains(visits.Key) && prefixes.Any(prefix => visits.Key.StartsWith(prefix, StringComparison.Ordinal)))
            .Select(visits => $"visit {visits.Key} was never sent"));
        return differences;
    }

    private static IEnumerable<string> Differences(List<ExportedVisit> found, Visit expected)
    {
        if (expected.IsRetracted)
            return found.Exists(visit => !visit.Retracted) ? [$"visit {expected.VisitId} was retracted and still stands"] : [];
        if (found.Count != 1)
            return [found.Count == 0 ? $"visit {expected.VisitId} is missing" : $"visit {expected.VisitId} is there {found.Count} times"];

        var visit = found[0];
        return new[]
        {
            visit.Retracted ? "is retracted, though nobody said so" : null,
            Differs("bay", visit.Bay, expected.Bay),
            Differs("plate", Storable(visit.Plate), Storable(expected.Vehicle.Plate)),
            Differs("ref", Storable(visit.Ref), Storable(expected.Vehicle.Ref)),
            Differs("enteredAt", visit.EnteredAt, expected.Entered?.At),
            Differs("leftAt", visit.LeftAt, expected.Left?.At),
            Differs(visit.OccupiedSeconds, expected.OccupiedSeconds),
        }.OfType<string>().Select(difference => $"visit {expected.VisitId} {difference}");
    }

    private static string? Differs(string member, string? found, string? expected) =>
        found == expected ? null : $"has the {member} '{found}' instead of '{expected}'";

    private static string? Differs(string member, DateTimeOffset? found, DateTimeOffset? expected) =>
        found == expected || (found - expected)?.Duration() <= Tolerance ? null : $"has the {member} {Text(found)} instead of {Text(expected)}";

    private static string? Differs(double? found, double? expected) =>
        found == expected || Math.Abs((found - expected) ?? double.MaxValue) <= Tolerance.TotalSeconds
            ? null
            : $"lasted {Text(found)} instead of {Text(expected)} seconds";

    // Some databases cannot hold a NUL; what they make of it is their own affair.
    private static string? Storable(string? text)
    {
        var kept = text?.Replace("\0", "", StringComparison.Ordinal).Replace("\uFFFD", "", StringComparison.Ordinal);
        return kept?.Length == 0 ? null : kept;
    }

    private static string Text(double? seconds) => seconds?.ToString(CultureInfo.InvariantCulture) ?? "no";

    private static string Text(DateTimeOffset? at) => at?.ToString("O", CultureInfo.InvariantCulture) ?? "nothing";

    // conformance-EPOCH-
    private static string PrefixOf(string visitId) => visitId[..(visitId.IndexOf('-', "conformance-".Length) + 1)];

    private static IReadOnlyList<ExportedVisit> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var list = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("visits", out var visits)
            ? visits
            : document.RootElement;
        return list.Deserialize(ExportedVisitJson.Default.IReadOnlyListExportedVisit) ?? [];
    }
}

internal sealed record ExportedVisit
{
    public string? VisitId { get; init; }

    public string? Bay { get; init; }

    public string? Plate { get; init; }

    public string? Ref { get; init; }

    public DateTimeOffset? EnteredAt { get; init; }

    public DateTimeOffset? LeftAt { get; init; }

    public double? OccupiedSeconds { get; init; }

    public bool Retracted { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<ExportedVisit>))]
internal sealed partial class ExportedVisitJson : JsonSerializerContext;

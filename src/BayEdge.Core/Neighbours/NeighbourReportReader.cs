using System.Collections.Immutable;
using System.Text.Json;
using BayEdge.Contracts;
using BayEdge.Contracts.Json;
using BayEdge.Contracts.Neighbours;
using BayEdge.Core.Bays;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Neighbours;

/// <summary>Turns the reports of other devices into what the tracker learns, on this device's clocks.</summary>
/// <remarks>
/// A report says how long it waited at its sender. How long it was held up on the way follows from its number, which counts
/// seconds: the reports that came soonest show how the two devices' seconds lie to each other. Not for several threads at once.
/// </remarks>
/// <param name="device">This device, whose own reports come back to it.</param>
public sealed class NeighbourReportReader(string device, NeighbourOptions options)
{
    private const int MostDevices = 64;
    private const int MostBootIdCharacters = 64;
    private static readonly TimeSpan LongestUptime = TimeSpan.FromDays(36_525);

    private readonly Dictionary<string, Neighbour> _neighbours = new(StringComparer.Ordinal);

    /// <summary>Reads one message of the neighbours' topic.</summary>
    public NeighbourNews Read(ReadOnlySpan<byte> payload, ObservedAt arrivedAt)
    {
        if (payload.Length > NeighbourReport.MaximumBytes)
            return NeighbourNews.Unusable(ReportVerdict.Oversized, $"it has {payload.Length} bytes, more than {NeighbourReport.MaximumBytes}");
        if (Parse(payload, out var report) is { } problem)
            return NeighbourNews.Unusable(ReportVerdict.Malformed, problem);
        if (report!.Device == device)
            return NeighbourNews.Unusable(ReportVerdict.Own);

        var known = _neighbours.GetValueOrDefault(report.Device);
        if (known is not null && known.BootId == report.BootId && report.Number <= known.Number)
            return NeighbourNews.Unusable(ReportVerdict.Repeated);

        var age = TimeSpan.FromMilliseconds(report.AgeMs);
        var distance = arrivedAt.Monotonic - TimeSpan.FromSeconds(report.Number) - age;
        var soonest = known?.BootId == report.BootId ? known.Soonest.With(distance, arrivedAt) : SoonestReport.First(distance, arrivedAt);
        Remember(report.Device, new Neighbour(report.BootId, report.Number, arrivedAt, soonest));
        age += distance - soonest.Distance;
        return age > options.LongestAge
            ? new NeighbourNews(ReportVerdict.TooLate, report.Device, [], null)
            : new NeighbourNews(ReportVerdict.Heard, report.Device, [.. report.Tags.Select(tag => Heard(report.Device, tag, arrivedAt - age))], null);
    }

    // Levels are compared as means: the strongest of many reads is louder the more there are.
    private static NeighbourHeard Heard(string device, NeighbourTag tag, ObservedAt at) =>
        new(at, device, tag.Bay, tag.Tag, tag.MeanRssiDbm ?? tag.StrongestRssiDbm, tag.Reads, tag.Visiting);

    // The one that has been silent for longest makes room: nobody fills the memory by inventing devices.
    private void Remember(string name, Neighbour neighbour)
    {
        if (!_neighbours.ContainsKey(name) && _neighbours.Count >= MostDevices)
            _neighbours.Remove(_neighbours.MinBy(known => known.Value.HeardAt.Monotonic).Key);
        _neighbours[name] = neighbour;
    }

    private static string? Parse(ReadOnlySpan<byte> payload, out NeighbourReport? report)
    {
        report = null;
        try
        {
            report = JsonSerializer.Deserialize(payload, ContractsJson.Wire.NeighbourReport);
            return report is null ? "it is null" : ProblemOf(report);
        }
        catch (JsonException exception)
        {
            return JsonFaults.Describe(exception);
        }
    }

    private static string? ProblemOf(NeighbourReport report)
    {
        if (!Topics.IsValidId(report.Device))
            return "its device is no id";
        if (report.BootId.Length is 0 or > MostBootIdCharacters)
            return $"its bootId has {report.BootId.Length} characters, not 1 to {MostBootIdCharacters}";
        if (report.Number < 0 || report.Number > LongestUptime.TotalSeconds)
            return $"its number {report.Number} is no second since a computer's start";
        if (report.AgeMs < 0)
            return $"its ageMs {report.AgeMs} is less than 0";
        if (report.Tags.Count > NeighbourReport.MostTags)
            return $"it has {report.Tags.Count} tags, more than {NeighbourReport.MostTags}";
        // Nullable annotations are checked of properties, not of what stands in a list.
        for (var index = 0; index < report.Tags.Count; index++)
        {
            if (ProblemOf(report.Tags[index]) is { } problem)
                return $"its tag {index + 1} {problem}";
        }

        return null;
    }

    private static string? ProblemOf(NeighbourTag? tag) => tag switch
    {
        null => "is null",
        { Bay: var bay } when !Topics.IsValidId(bay) => "has no bay",
        { Tag: var identity } when !TagLimits.IsIdentity(identity) => "has no upper-case hex identity",
        { Reads: < 0 } or { Reads: 0, Visiting: false } => $"has {tag.Reads} reads and no visit",
        { StrongestRssiDbm: { } rssi } when !TagLimits.IsPlausible(rssi) => "has a strength that no reader hears",
        { MeanRssiDbm: { } rssi } when !TagLimits.IsPlausible(rssi) => "has a strength that no reader hears",
        _ => null,
    };

    private sealed record Neighbour(string BootId, long Number, ObservedAt HeardAt, SoonestReport Soonest);
}

/// <summary>What became of one message of the neighbours' topic.</summary>
public enum ReportVerdict
{
    /// <summary>It is taken in.</summary>
    Heard,

    /// <summary>This device's own.</summary>
    Own,

    /// <summary>It came before, or a later one of its device did.</summary>
    Repeated,

    /// <summary>Its second is too long past to say anything of now; its device lives, though.</summary>
    TooLate,

    Malformed,

    Oversized,
}

/// <param name="Device">The other device, where one was heard.</param>
/// <param name="Heard">What it heard; empty when it only says that it lives.</param>
/// <param name="Problem">What is wrong with a malformed or oversized message, to stand behind a colon.</param>
public sealed record NeighbourNews(ReportVerdict Verdict, string? Device, ImmutableArray<NeighbourHeard> Heard, string? Problem)
{
    internal static NeighbourNews Unusable(ReportVerdict verdict, string? problem = null) => new(verdict, null, [], problem);
}

using System.Text.Json.Serialization;

namespace BayEdge.Contracts.Events;

/// <summary>What an event about a visit says.</summary>
public sealed record VisitData
{
    /// <summary>The same on every event of one visit.</summary>
    public required string VisitId { get; init; }

    public required string Bay { get; init; }

    public required Vehicle Vehicle { get; init; }

    /// <summary>The physical event cannot have happened before this.</summary>
    public required DateTimeOffset Earliest { get; init; }

    /// <summary>The physical event cannot have happened after this.</summary>
    public required DateTimeOffset Latest { get; init; }

    public required ClockInfo Clock { get; init; }

    /// <summary>Why the device decided so, the weightiest first.</summary>
    public required IReadOnlyList<Evidence> Evidence { get; init; }

    /// <summary>On <c>left</c>, and on corrections of it: when the vehicle had entered.</summary>
    public DateTimeOffset? EnteredAt { get; init; }

    /// <summary>
    /// On <c>left</c>: seconds between entering and leaving, from the monotonic clock. Absent when the computer was started
    /// in between: then the two times and their bounds are all that is known.
    /// </summary>
    public double? OccupiedSeconds { get; init; }

    /// <summary>On <c>corrected</c> and <c>retracted</c>: why.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// On <c>corrected</c>: the vehicle has not left after all. A leaving that was told before is taken back, and the visit is
    /// open again. Never together with <see cref="EnteredAt"/>. Absent means false.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool StillPresent { get; init; }

    /// <summary>
    /// Decided without hearing the other devices of the site, which may know better; a correction may follow. Absent means false.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Provisional { get; init; }

    /// <summary>What else it could have been, in a short sentence; absent when nothing else was near.</summary>
    public string? RunnerUp { get; init; }

    /// <summary>What would change the decision, in a short sentence; absent when nothing would.</summary>
    public string? WouldChange { get; init; }
}

/// <summary>A vehicle as far as it is known.</summary>
public sealed record Vehicle
{
    /// <summary>The central system's own reference, where the vehicle was expected.</summary>
    public string? Ref { get; init; }

    public string? Plate { get; init; }

    /// <summary>0 to 1; absent when the plate was not read from a picture.</summary>
    public double? PlateConfidence { get; init; }

    /// <summary>Tag identities, upper-case hex.</summary>
    public IReadOnlyList<string> Tags
    {
        // Left out of JSON, it is not set at all.
        get => field ?? [];
        init;
    } = [];

    public bool Equals(Vehicle? other) =>
        other is not null && Ref == other.Ref && Plate == other.Plate && PlateConfidence.Equals(other.PlateConfidence)
        && Tags.SequenceEqual(other.Tags);

    public override int GetHashCode() => HashCode.Combine(Ref, Plate, Tags.Count);
}

/// <summary>How far the device's clock could be trusted when it stamped the event.</summary>
/// <param name="State">How the clock stood.</param>
/// <param name="MaxErrorMs">The greatest error in milliseconds that the clock claims; absent when it cannot tell.</param>
/// <param name="BootId">Changes with every start of the computer.</param>
public sealed record ClockInfo([property: JsonRequired] ClockState State, double? MaxErrorMs, [property: JsonRequired] string BootId);

public enum ClockState
{
    /// <summary>Following a time server.</summary>
    Synced,

    /// <summary>Was following one in this boot, now runs free.</summary>
    Holdover,

    /// <summary>Has not been set in this boot.</summary>
    Unsynced,

    /// <summary>Was not set at the time; the time was mended afterwards.</summary>
    Corrected,
}

/// <summary>One reason for a decision.</summary>
/// <param name="Source">The reader, camera, contact or other device.</param>
/// <param name="Kind"><c>tag</c>, <c>plate</c>, <c>presence</c>, <c>occupancy</c>, <c>silence</c>, <c>neighbour</c>, <c>configuration</c> or <c>expected</c>.</param>
/// <param name="Detail">In words, for a person.</param>
/// <param name="Weight">For (positive) or against (negative), in nats; absent when it was not weighed.</param>
/// <param name="Says">Names the sentence in <paramref name="Detail"/>, for a program that says it in another language.</param>
/// <param name="Values">What stands in that sentence, by name: instants in RFC 3339, all else as it is to be shown.</param>
/// <param name="Pictures">
/// Ids of pictures that show it, the closest first, for the command <c>evidencePicture</c>. The device keeps them for some days
/// only, and a full card may refuse one. Absent when there are none.
/// </param>
public sealed record Evidence(
    [property: JsonRequired] string Source,
    [property: JsonRequired] string Kind,
    [property: JsonRequired] string Detail,
    double? Weight = null,
    string? Says = null,
    IReadOnlyDictionary<string, string>? Values = null,
    IReadOnlyList<string>? Pictures = null)
{
    // The rest says the same as the detail.
    public bool Equals(Evidence? other) =>
        other is not null && Source == other.Source && Kind == other.Kind && Detail == other.Detail && Weight.Equals(other.Weight);

    public override int GetHashCode() => HashCode.Combine(Source, Kind, Detail, Weight);
}

using System.Collections.Immutable;
using System.Text.Json.Serialization;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Bays;

/// <summary>What one bay knows of one tag.</summary>
/// <param name="Source">The reader that read it last.</param>
/// <param name="FirstAt">The first read since the tag was absent, with another vehicle's visit, or clearly in another bay.</param>
/// <param name="LastAt">The newest read.</param>
/// <param name="Reads">Reads since <paramref name="FirstAt"/>.</param>
/// <param name="MeanRssiDbm">Exponential mean; null when the reader does not tell.</param>
/// <param name="StrongestRssiDbm">The best read since <paramref name="FirstAt"/>.</param>
/// <param name="LongestGap">The longest silence between two reads since <paramref name="FirstAt"/>.</param>
internal sealed record TagTrack(
    string Source,
    ObservedAt FirstAt,
    ObservedAt LastAt,
    long Reads,
    double? MeanRssiDbm,
    double? StrongestRssiDbm,
    TimeSpan LongestGap);

/// <summary>What one bay knows of one plate text.</summary>
internal sealed record PlateTrack(
    string Source, ObservedAt FirstAt, ObservedAt LastAt, int Readings, double BestConfidence, TimeSpan LongestGap);

/// <summary>What a contact or a picture says of the bay as a whole.</summary>
/// <param name="Since">Since when it has said so.</param>
/// <param name="LastAt">When it last said anything.</param>
internal sealed record PresenceTrack(bool Occupied, ObservedAt Since, ObservedAt LastAt, bool IsContact);

/// <summary>A vehicle in a bay.</summary>
/// <param name="EnteredAt">The physical instant.</param>
/// <param name="Support">The newest sighting that speaks for the vehicle being here.</param>
internal sealed record Visit(
    string Id,
    ObservedAt EnteredAt,
    ObservedAt Support,
    ImmutableArray<string> Tags,
    string? Plate,
    double? PlateConfidence,
    string? Ref);

/// <summary>One bay.</summary>
/// <param name="Since">When the visit began, or the one before it ended; null before the first.</param>
internal sealed record BayState(
    string Bay,
    Visit? Visit,
    ObservedAt? Since,
    ImmutableSortedDictionary<string, TagTrack> Tags,
    ImmutableSortedDictionary<string, PlateTrack> Plates,
    ImmutableSortedDictionary<string, PresenceTrack> Presence)
{
    /// <summary>When the bay wants to be looked at again if nothing is seen before.</summary>
    [JsonIgnore]
    public ObservedAt? Due { get; init; }

    public static BayState Empty(string bay) => new(
        bay,
        null,
        null,
        ImmutableSortedDictionary.Create<string, TagTrack>(StringComparer.Ordinal),
        ImmutableSortedDictionary.Create<string, PlateTrack>(StringComparer.Ordinal),
        ImmutableSortedDictionary.Create<string, PresenceTrack>(StringComparer.Ordinal));
}

/// <summary>Whether a source works.</summary>
/// <param name="Since">Since when; silence before it came up means nothing.</param>
internal sealed record SourceStatus(bool Up, ObservedAt Since);

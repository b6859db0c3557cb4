using System.Collections.Immutable;
using System.Text.Json.Serialization;
using BayEdge.Core.Bays.Signs;
using BayEdge.Core.Identity;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Bays;

/// <summary>A vehicle in a bay.</summary>
/// <param name="EnteredAt">The physical instant.</param>
/// <param name="Support">The newest sighting that speaks for the vehicle being here.</param>
/// <param name="Plate">As told; from the readings or from the workshop's list.</param>
/// <param name="PlateConfidence">Null when the plate was not read.</param>
/// <param name="Silences">How this vehicle's tags fell silent and were heard again.</param>
/// <param name="PassedAt">When one of its tags was heard elsewhere, as it is when a vehicle drives off, since it was last heard here.</param>
/// <param name="AsideAt">When a neighbour last heard one of its tags as it always does, which shows that the vehicle still stands here.</param>
/// <param name="SeenAt">When a camera last surely saw the bay occupied.</param>
/// <param name="WasSeen">Whether anything but tags has shown the vehicle.</param>
/// <param name="IsProvisional">Whether it began while the other devices of the site could not be heard.</param>
/// <param name="HasNews">Whether a tag or reading has come that nobody has looked at for who the vehicle is.</param>
/// <param name="EnteredEarliest">It cannot have come before; null when it is not known.</param>
/// <param name="EnteredLatest">It cannot have come after; null when it is not known.</param>
/// <param name="Stated">The plate as a person has read it; null when nobody has.</param>
internal sealed record Visit(
    string Id,
    ObservedAt EnteredAt,
    ObservedAt Support,
    ImmutableArray<string> Tags,
    PlateVotes Readings,
    string? Plate,
    double? PlateConfidence,
    string? Ref,
    SilenceLedger Silences,
    ObservedAt? PassedAt,
    ObservedAt? AsideAt,
    ObservedAt? SeenAt,
    bool WasSeen,
    bool IsProvisional,
    bool HasNews,
    ObservedAt? EnteredEarliest = null,
    ObservedAt? EnteredLatest = null,
    string? Stated = null)
{
    /// <summary>Whether something names it as a vehicle of another bay: looked at again when anything is told of one.</summary>
    public bool IsNamedElsewhere { get; init; }

    /// <summary>As <see cref="AsideAt"/>, the instant before that one.</summary>
    [JsonIgnore]
    public ObservedAt? AsideBefore { get; init; }

    /// <summary>What an event last told of the vehicle; null where a snapshot does not know.</summary>
    public ToldVehicle? Told { get; init; }

    // By then a vehicle outside may be what the neighbour hears.
    private static readonly TimeSpan AsideCounts = TimeSpan.FromMinutes(15);

    /// <summary>It cannot have come before.</summary>
    [JsonIgnore]
    public ObservedAt Earliest => EnteredEarliest ?? EnteredAt;

    /// <summary>It cannot have come after.</summary>
    [JsonIgnore]
    public ObservedAt Latest => EnteredLatest ?? EnteredAt;

    /// <summary>What the plate is read as; a person's word outweighs every reading. Null when it was not read.</summary>
    [JsonIgnore]
    public PlateReading? Reading => Stated is null ? Readings.Read() : PlateReading.Stated(Stated);

    /// <summary>The newest sign of it, in the bay or aside.</summary>
    [JsonIgnore]
    public ObservedAt LastSign => LastSignOf(AsideAt);

    /// <summary>The same as it was known before an instant, whatever neighbours hear in it.</summary>
    public ObservedAt LastSignBefore(ObservedAt at) => LastSignOf(AsideAt is { } aside && aside.Monotonic < at.Monotonic ? aside : AsideBefore);

    /// <summary>With a tag heard by a neighbour as it always is.</summary>
    public Visit HeardAside(ObservedAt at) => this with
    {
        AsideAt = at,
        AsideBefore = AsideAt is { } last && last.Monotonic < at.Monotonic ? last : AsideBefore,
    };

    private ObservedAt LastSignOf(ObservedAt? aside) => aside is { } heard && heard - Support < AsideCounts ? ObservedAt.Later(heard, Support) : Support;
}

/// <summary>What an event has told of a vehicle.</summary>
/// <param name="IsRead">Whether its plate was read.</param>
internal sealed record ToldVehicle(string? Ref, string? Plate, bool IsRead, ImmutableArray<string> Tags)
{
    public static ToldVehicle Of(Visit visit) => new(visit.Ref, visit.Plate, visit.PlateConfidence is not null, visit.Tags);

    public bool IsAllOf(Visit visit) =>
        Ref == visit.Ref && Plate == visit.Plate && IsRead == visit.PlateConfidence is not null && Tags.SequenceEqual(visit.Tags);

    /// <summary>Whether something that was told is not so.</summary>
    public bool Contradicts(Visit visit) =>
        (Ref is not null && visit.Ref != Ref) || (Plate is not null && visit.Plate != Plate) || Tags.Except(visit.Tags).Any();
}

/// <summary>The last visit of a bay that is vacant now.</summary>
/// <param name="Onset">How it fell silent; null when it was not told by its silence.</param>
/// <param name="WasSeenEmpty">Whether a contact or a camera showed the bay empty.</param>
internal sealed record FormerVisit(Visit Visit, ObservedAt LeftAt, Onset? Onset, bool WasSeenEmpty)
{
    /// <summary>How strongly the bay mostly heard its tags, by tag; null when the reader does not tell.</summary>
    public ImmutableSortedDictionary<string, double>? UsualDbm { get; init; }
}

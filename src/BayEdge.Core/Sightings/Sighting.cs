using BayEdge.Core.Timing;

namespace BayEdge.Core.Sightings;

/// <summary>What one source noticed at one instant.</summary>
/// <param name="At">When it was noticed, on the device's clocks.</param>
/// <param name="Source">The configured id of the reader, camera or contact.</param>
public abstract record Sighting(ObservedAt At, string Source);

/// <summary>A tag was read.</summary>
/// <param name="Antenna">The reader's antenna port, from 1.</param>
/// <param name="Tag">The tag's identity, upper-case hex.</param>
/// <param name="RssiDbm">The strongest of the reads; null when the reader does not tell.</param>
/// <param name="Count">How many reads this stands for, at least 1.</param>
public sealed record TagSighting(ObservedAt At, string Source, int Antenna, string Tag, double? RssiDbm, int Count)
    : Sighting(At, Source);

/// <summary>A plate was read in a picture.</summary>
/// <param name="Zone">The bay whose zone the plate stood in.</param>
/// <param name="Text">The plate without spaces and dots, upper case.</param>
/// <param name="Confidence">0 to 1.</param>
public sealed record PlateSighting(ObservedAt At, string Source, string Zone, string Text, double Confidence)
    : Sighting(At, Source);

/// <summary>A loop, light beam or switch says whether something stands in the bay.</summary>
public sealed record PresenceSighting(ObservedAt At, string Source, bool Present) : Sighting(At, Source);

/// <summary>A picture says how likely the zone is occupied.</summary>
/// <param name="Zone">The bay whose zone was looked at.</param>
/// <param name="Occupied">0 (surely empty) to 1 (surely occupied).</param>
public sealed record OccupancySighting(ObservedAt At, string Source, string Zone, double Occupied) : Sighting(At, Source);

/// <summary>A source came up or went down; while it is down its silence means nothing.</summary>
public sealed record SourceSighting(ObservedAt At, string Source, SourceState State) : Sighting(At, Source);

public enum SourceState
{
    Down,
    Up,
}

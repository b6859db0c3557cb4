using System.Collections.Frozen;

namespace BayEdge.Core.Recording;

/// <summary>The kinds of line that a recording has beside those of the sighting log.</summary>
internal static class RecordingKinds
{
    /// <summary>The first line of a segment, with everything that the replay starts from.</summary>
    public const string Start = "recording";

    /// <summary>From here on the wall clock shows so much more than the times of the lines.</summary>
    public const string Clock = "clock";

    /// <summary>Nothing happened up to here, and something depends on it.</summary>
    public const string Time = "time";

    /// <summary>Other vehicles are expected from here on.</summary>
    public const string Vehicles = "vehicles";

    /// <summary>A person says whose plate a visit has.</summary>
    public const string Stated = "stated";

    /// <summary>Another device heard a tag.</summary>
    public const string Neighbour = "neighbour";

    /// <summary>Whether the other devices can be heard.</summary>
    public const string Neighbours = "neighbours";

    /// <summary>The segment is whole, up to here.</summary>
    public const string End = "end";

    /// <summary>What a reader of plain sightings has no use for.</summary>
    public static FrozenSet<string> PassedOver { get; } =
        FrozenSet.ToFrozenSet([Start, Clock, Vehicles, Stated, Neighbour, Neighbours], StringComparer.Ordinal);
}

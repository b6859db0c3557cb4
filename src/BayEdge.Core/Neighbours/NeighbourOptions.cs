namespace BayEdge.Core.Neighbours;

/// <summary>How the devices of a site tell each other what they hear.</summary>
public sealed record NeighbourOptions
{
    public static NeighbourOptions Default { get; } = new();

    /// <summary>
    /// How long after its end a second waits for reads that are reported late; a read that comes later still counts for the
    /// next second. The default value is 0.5 s: with it a report arrives within the 2 s in which the bays wait for their own readers.
    /// </summary>
    public TimeSpan LateReads { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>A read that comes longer than this after its second counts for no other one: it tells of then, not of now. The default value is 2 s.</summary>
    public TimeSpan LatestRead { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long after its end a second may be sent. The default value is 2 s.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often a device that hears nothing says that it lives. The default value is 5 s.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long ago the second of a report may have ended when it arrives; an older one is not used. The default value is 5 s.</summary>
    public TimeSpan LongestAge { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long no other device must be heard before decisions are provisional. The default value is 15 s, three times
    /// <see cref="Heartbeat"/>.
    /// </summary>
    public TimeSpan LongestSilence { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// When the other devices have been silent for this long on a working connection, they are gone for good and the device
    /// is alone. The default value is 1 day.
    /// </summary>
    public TimeSpan GoneAfter { get; init; } = TimeSpan.FromDays(1);
}

namespace BayEdge.Storage.Pictures;

/// <summary>How long and how many pictures are kept.</summary>
/// <param name="MaximumBytes">Of all together; the oldest give way.</param>
/// <param name="Span">After which a picture is deleted.</param>
public sealed record PictureLimits(long MaximumBytes, TimeSpan Span)
{
    /// <summary>What must stay free on the disk, for the events. The default value is 100,000,000 bytes.</summary>
    public long LeastFreeBytes { get; init; } = 100_000_000;
}

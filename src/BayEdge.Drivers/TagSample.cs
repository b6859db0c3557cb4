using System.Collections.Immutable;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;

namespace BayEdge.Drivers;

/// <summary>Gathers what a reader hears while it is asked who it is.</summary>
internal sealed class TagSample : ISightingSink
{
    /// <summary>Long enough for a second answer of a tag in session S1.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromSeconds(1);

    /// <summary>More tags than this are a warehouse, and a list of them helps nobody.</summary>
    private const int MostTags = 64;

    private readonly Dictionary<(int Antenna, string Tag), HeardTag> _heard = [];

    /// <summary>Listens for <see cref="Span"/>.</summary>
    /// <param name="listen">Reports until its token ends it.</param>
    /// <returns>The strongest first.</returns>
    public static async Task<ImmutableArray<HeardTag>> TakeAsync(Func<ISightingSink, CancellationToken, Task> listen, TimeProvider time, CancellationToken cancellationToken)
    {
        var sample = new TagSample();
        using var end = new CancellationTokenSource(Span, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
        try
        {
            await listen(sample, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is up.
        }

        return [.. sample._heard.Values.OrderByDescending(tag => tag.RssiDbm ?? double.MinValue).ThenByDescending(tag => tag.Reads)];
    }

    public void Ready()
    {
        // Nobody waits for that here.
    }

    public ValueTask PublishAsync(Sighting sighting, CancellationToken cancellationToken)
    {
        if (sighting is TagSighting seen)
            Add(seen);
        return ValueTask.CompletedTask;
    }

    private void Add(TagSighting seen)
    {
        var key = (seen.Antenna, seen.Tag);
        if (_heard.TryGetValue(key, out var known))
            _heard[key] = known with { RssiDbm = Stronger(known.RssiDbm, seen.RssiDbm), Reads = known.Reads + seen.Count };
        else if (_heard.Count < MostTags)
            _heard[key] = new HeardTag(seen.Antenna, seen.Tag, seen.RssiDbm, seen.Count);
    }

    private static double? Stronger(double? one, double? other) => one is null ? other : other is null ? one : Math.Max(one.Value, other.Value);
}

using System.Threading.Channels;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;

namespace BayEdge.Drivers.Gpio;

/// <summary>A loop detector, light beam or switch on one input.</summary>
/// <param name="id">The contact's configured id.</param>
internal sealed class GpioSource(string id, GpioSettings settings, IInputPins pins, TimeProvider time) : ISource
{
    /// <summary>A chattering input may fill this; then the oldest edges go, and the level is read anyway.</summary>
    private const int MostWaitingEdges = 1024;

    public async Task RunAsync(ISightingSink sink, CancellationToken cancellationToken)
    {
        var edges = Channel.CreateBounded<Edge>(new BoundedChannelOptions(MostWaitingEdges) { FullMode = BoundedChannelFullMode.DropOldest });
        using var pin = pins.Open(settings, high => edges.Writer.TryWrite(new Edge(high, time.Observe())));
        var debouncer = new Debouncer(settings.Debounce, pin.IsHigh());
        sink.Ready();
        var told = await TellAsync(sink, debouncer.State, time.Observe(), cancellationToken);

        Task<bool>? edgeComes = null;
        while (true)
        {
            edgeComes ??= edges.Reader.WaitToReadAsync(cancellationToken).AsTask();
            if (await EndsWithinAsync(edgeComes, Patience(debouncer, told)))
                edgeComes = null;
            while (edges.Reader.TryRead(out var edge))
                told = await FollowAsync(sink, debouncer, edge, cancellationToken) ?? told;

            // An edge that the kernel lost shows in the level.
            var now = time.Observe();
            told = await FollowAsync(sink, debouncer, new Edge(pin.IsHigh(), now), cancellationToken) ?? told;
            if (debouncer.SettlesAt is null && now - told >= settings.Repeat)
                told = await TellAsync(sink, debouncer.State, now, cancellationToken);
        }
    }

    /// <remarks>Timers count whole milliseconds and round down, so a shorter wait would be none and the loop would spin.</remarks>
    private TimeSpan Patience(Debouncer debouncer, ObservedAt told)
    {
        var patience = (debouncer.SettlesAt ?? (told + settings.Repeat)) - time.Observe();
        return TimeSpan.FromMilliseconds(Math.Max(Math.Ceiling(patience.TotalMilliseconds), 1));
    }

    private async Task<bool> EndsWithinAsync(Task<bool> task, TimeSpan patience)
    {
        try
        {
            return await task.WaitAsync(patience, time);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <returns>When something was told; null when nothing was.</returns>
    private async Task<ObservedAt?> FollowAsync(ISightingSink sink, Debouncer debouncer, Edge edge, CancellationToken cancellationToken) =>
        debouncer.Offer(edge.High, edge.At) is { } change ? await TellAsync(sink, debouncer.State, change, cancellationToken) : null;

    private async Task<ObservedAt> TellAsync(ISightingSink sink, bool high, ObservedAt at, CancellationToken cancellationToken)
    {
        await sink.PublishAsync(new PresenceSighting(at, id, Present: high != settings.ActiveLow), cancellationToken);
        return at;
    }

    private readonly record struct Edge(bool High, ObservedAt At);
}

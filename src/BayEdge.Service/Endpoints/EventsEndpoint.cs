using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using BayEdge.Service.Access;
using BayEdge.Service.Hosting;

namespace BayEdge.Service.Endpoints;

/// <summary>Everything that a page watches, in one stream: a browser opens only six connections to a device.</summary>
internal static class EventsEndpoint
{
    // A phone that sleeps must not make the device remember; it gets the present state when it wakes.
    private const int MostWaiting = 64;
    private const int MostTopics = 16;

    public static void MapEvents(this IEndpointRouteBuilder routes) => routes.MapGet(
        "/api/events",
        IResult (string? topics, HttpContext context, IEnumerable<IPageTopic> known, SessionStore sessions, IHostApplicationLifetime lifetime, CancellationToken cancellationToken) =>
        {
            var wanted = (topics ?? DeviceStatus.Topic).Split(',', MostTopics).ToHashSet(StringComparer.Ordinal);
            IReadOnlyList<IPageTopic> watched = [.. known.Where(topic => wanted.Contains(topic.Name) && (topic.Role is not { } role || context.User.IsInRole(role)))];
            if (watched.Count == 0)
                return Refusal.Of(StatusCodes.Status404NotFound, PageTexts.NotFound.With(("path", $"/api/events?topics={topics}")));
            var cookie = context.Request.Cookies[SessionAuthentication.CookieOf(context)];
            return TypedResults.ServerSentEvents(WatchAsync(
                watched, () => cookie is not null && sessions.Use(cookie) is not null, lifetime, cancellationToken));
        });

    private static async IAsyncEnumerable<SseItem<string>> WatchAsync(
        IReadOnlyList<IPageTopic> topics, Func<bool> isLoggedIn, IHostApplicationLifetime lifetime, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // An open page must not hold up the stop of the service.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var messages = Channel.CreateBounded<SseItem<string>>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
        var watching = Task.WhenAll(topics.Select(topic => ForwardAsync(topic, messages.Writer, end.Token)));
        try
        {
            while (await NextAsync(messages.Reader, end.Token) is { } message && isLoggedIn())
                yield return message;
        }
        finally
        {
            await end.CancelAsync();
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<SseItem<string>?> NextAsync(ChannelReader<SseItem<string>> messages, CancellationToken cancellationToken)
    {
        try
        {
            return await messages.ReadAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The page has gone, or the service ends.
            return null;
        }
    }

    private static async Task ForwardAsync(IPageTopic topic, ChannelWriter<SseItem<string>> messages, CancellationToken cancellationToken)
    {
        await foreach (var message in topic.WatchAsync(cancellationToken))
            await messages.WriteAsync(new SseItem<string>(message, topic.Name), cancellationToken);
    }
}

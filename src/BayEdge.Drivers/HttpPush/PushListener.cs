using System.Collections.Concurrent;
using System.Net;
using BayEdge.Core.Drivers;
using BayEdge.Core.Timing;
using BayEdge.Drivers.Push;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace BayEdge.Drivers.HttpPush;

/// <summary>One port that takes messages for several configured devices, each at its own path with its own token.</summary>
internal sealed class PushListener : IHttpApplication<HttpContext>, IAsyncDisposable
{
    public const string PathPrefix = "/v1/sightings/";

    /// <summary>A thousand sightings with room to spare.</summary>
    public const int LongestBodyBytes = 256 * 1024;

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time;
    private readonly KestrelServer _server;

    private readonly PushRefusals _strays;

    /// <param name="strays">Counts what is for no device here.</param>
    private PushListener(IPEndPoint endPoint, PushRefusals strays, TimeProvider time)
    {
        (_strays, _time) = (strays, time);
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = LongestBodyBytes;
        options.Limits.MaxConcurrentConnections = 64;
        options.Limits.RequestHeadersTimeout = AnswerLimit;
        options.Listen(endPoint);
        // Who pushes nonsense hears of it in the answer; a log line a request would fill the card.
        _server = new KestrelServer(
            Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance), NullLoggerFactory.Instance);
    }

    /// <summary>By the id of the configured device.</summary>
    public ConcurrentDictionary<string, PushInbox> Inboxes { get; } = new(StringComparer.Ordinal);

    /// <exception cref="DeviceFaultException">The port cannot be opened.</exception>
    public static async Task<PushListener> StartAsync(IPEndPoint endPoint, PushRefusals strays, TimeProvider time, CancellationToken cancellationToken)
    {
        var listener = new PushListener(endPoint, strays, time);
        try
        {
            await listener._server.StartAsync(listener, cancellationToken);
            return listener;
        }
        catch (Exception exception)
        {
            await listener.DisposeAsync();
            if (exception is not (IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException))
                throw;
            throw exception.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException
                ? new DeviceFaultException(DeviceFaultKind.Busy, $"Port {endPoint.Port} is in use by another program. Set listen to another port.", exception)
                : new DeviceFaultException(
                    DeviceFaultKind.Local, $"This computer cannot listen at {endPoint}. Set listen to one of its own addresses and a port from 1024 on.", exception);
        }
    }

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
        // Nothing is kept from one request to the next.
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        var (status, problem) = await AnswerAsync(context.Request, context.RequestAborted);
        context.Response.StatusCode = status;
        if (problem is null)
            return;

        if (status == StatusCodes.Status401Unauthorized)
            context.Response.Headers.WWWAuthenticate = new StringValues(["Bearer", "Basic realm=\"BayEdge\""]);
        if (status == StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = "2";
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(PushProblem.ToJson(problem), context.RequestAborted);
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1), _time);
        await _server.StopAsync(limit.Token);
        _server.Dispose();
    }

    /// <returns>The status, and the sentence that explains any but 204.</returns>
    private async Task<(int Status, string? Problem)> AnswerAsync(HttpRequest request, CancellationToken aborted)
    {
        var path = request.Path.Value ?? "";
        if (!path.StartsWith(PathPrefix, StringComparison.Ordinal) || !Inboxes.TryGetValue(path[PathPrefix.Length..], out var inbox))
        {
            return Refuse(
                _strays, StatusCodes.Status404NotFound, $"expected the path {PathPrefix}ID with the id of a device whose driver is http and that listens at this port");
        }

        if (!HttpMethods.IsPost(request.Method))
            return Refuse(inbox.Refusals, StatusCodes.Status405MethodNotAllowed, $"expected POST, but found {request.Method}");
        if (PushToken.FaultIn(request, inbox) is { } unproven)
            return Refuse(inbox.Refusals, StatusCodes.Status401Unauthorized, unproven);
        return await BodyAsync(request, aborted) is { } body
            ? await HandOverAsync(body, inbox, aborted)
            : Refuse(inbox.Refusals, StatusCodes.Status413PayloadTooLarge, $"expected at most {LongestBodyBytes / 1024} KiB; send the sightings in several messages");
    }

    private static (int Status, string? Problem) Refuse(PushRefusals refusals, int status, string problem)
    {
        refusals.Refused(problem);
        return (status, problem);
    }

    private async Task<(int Status, string? Problem)> HandOverAsync(byte[] body, PushInbox inbox, CancellationToken aborted)
    {
        var message = new PushedMessage(body, _time.Observe());
        try
        {
            using var limit = new CancellationTokenSource(AnswerLimit, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, aborted);
            await inbox.Messages.Writer.WriteAsync(message, either.Token);
            if (await message.Outcome.WaitAsync(either.Token) is { } problem)
                return (StatusCodes.Status400BadRequest, problem);
            _strays.Taken();
            return (StatusCodes.Status204NoContent, null);
        }
        catch (OperationCanceledException)
        {
            message.Abandoned();
            return (StatusCodes.Status503ServiceUnavailable, "the device is busy or stops; send the message again");
        }
    }

    /// <returns>Null when it is too long.</returns>
    private static async Task<byte[]?> BodyAsync(HttpRequest request, CancellationToken aborted)
    {
        try
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, aborted);
            return body.ToArray();
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
    }
}

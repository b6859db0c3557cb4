using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace BayEdge.Simulator.Readers.Push;

/// <summary>Posts what it sees.</summary>
/// <param name="url">Such as <c>http://127.0.0.1:8090/v1/sightings/cam-1</c>.</param>
/// <param name="authorization">Such as <c>Bearer TOKEN</c>; null for none.</param>
public sealed class SimulatedHttpPusher(Uri url, string? authorization, TimeProvider time) : SimulatedPushDevice(time), IDisposable, IAsyncDisposable
{
    private readonly HttpClient _client = new();

    /// <returns>The status of the answer and its body.</returns>
    public Task<(int Status, string Body)> SendAsync(CancellationToken cancellationToken, params JsonObject[] sightings) =>
        SendAsync(Message(sightings), cancellationToken);

    /// <summary>Sends a body as it is.</summary>
    public async Task<(int Status, string Body)> SendAsync(string body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (authorization is not null)
            request.Headers.Authorization = AuthenticationHeaderValue.Parse(authorization);
        using var response = await _client.SendAsync(request, cancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    public void Dispose() => _client.Dispose();

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}

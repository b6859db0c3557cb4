using System.Net.Http.Json;
using System.Text.Json;

namespace BayEdge.TestKit;

/// <summary>Enters the local page as its installer.</summary>
public static class PageLogin
{
    public const string Pin = "workshop 7";

    /// <summary>Claims a new device with the code of its label.</summary>
    /// <param name="client">Leads to the device; keeps the session's cookie, and the token among its headers.</param>
    public static Task ClaimAsync(HttpClient client, string code, CancellationToken cancellationToken) =>
        EnterAsync(client, "/api/claim", new { code, password = Pin }, cancellationToken);

    public static Task LogInAsync(HttpClient client, string pin, CancellationToken cancellationToken) => LogInAsync(client, "installer", pin, cancellationToken);

    public static Task LogInAsync(HttpClient client, string account, string pin, CancellationToken cancellationToken) =>
        EnterAsync(client, "/api/login", new { account, password = pin }, cancellationToken);

    private static async Task EnterAsync(HttpClient client, string path, object request, CancellationToken cancellationToken)
    {
        using var answer = await client.PostAsJsonAsync(new Uri(path, UriKind.Relative), request, cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        using var welcome = JsonDocument.Parse(await client.GetStringAsync(new Uri("/api/welcome", UriKind.Relative), cancellationToken));
        client.DefaultRequestHeaders.Remove("X-BayEdge-Token");
        client.DefaultRequestHeaders.Add("X-BayEdge-Token", welcome.RootElement.GetProperty("token").GetString());
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.Json;
using BayEdge.Contracts.State;

namespace BayEdge.Central.Listening;

/// <summary>One JSON object a line: <c>{"event":…}</c>, <c>{"visit":…}</c>, <c>{"utilisation":…}</c> and at the end <c>{"summary":…}</c>.</summary>
internal sealed class JsonFormat : IListenFormat
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Event(ReceivedEvent received) =>
        Line("event", JsonSerializer.SerializeToNode(received.Envelope, ContractsJson.Wire.CloudEventJsonElement));

    public string Visit(Visit visit) => Line("visit", VisitJson.Of(visit));

    public string Utilisation(SiteUtilisation change) =>
        Line("utilisation", JsonSerializer.SerializeToNode(change, ContractsJson.Wire.SiteUtilisation));

    public string Summary(ListenSummary summary) => Line("summary", new JsonObject
    {
        ["events"] = summary.Events,
        ["duplicates"] = summary.Duplicates,
        ["gaps"] = summary.Gaps,
        ["missing"] = summary.Missing,
        ["malformed"] = summary.Malformed,
        ["visits"] = summary.Visits,
    });

    private static string Line(string kind, JsonNode? content) => new JsonObject { [kind] = content }.ToJsonString(Readable);
}

using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;
using BayEdge.Service.Hosting;
using BayEdge.Service.Sources;
using BayEdge.Service.Status;

namespace BayEdge.Service.Endpoints;

/// <param name="Kind"><c>reader</c>, <c>camera</c> or <c>presence</c>.</param>
/// <param name="Bays">What it looks at.</param>
/// <param name="Tags">What a reader hears, the latest first.</param>
internal sealed record SourceView(
    string Id,
    string Kind,
    string Driver,
    IReadOnlyList<string> Bays,
    bool Up,
    DateTimeOffset? Since,
    Phrase? Reason,
    long Sightings,
    long? Ignored,
    IReadOnlyList<LiveTagView> Tags);

/// <summary>Readers, cameras and contacts as they are, and what they saw last.</summary>
internal static class SourceEndpoints
{
    private const int MostTags = 20;

    public static void MapSources(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/sources", (RuntimeKeeper keeper) => TypedResults.Json(Read(keeper.Runtime), PageJson.Default.IReadOnlyListSourceView))
            .Produces<IReadOnlyList<SourceView>>();
        routes.MapGet("/api/visits/recent", (RecentEvents recent) => TypedResults.Json(recent.Read(), PageJson.Default.IReadOnlyListEventView))
            .Produces<IReadOnlyList<EventView>>();
    }

    internal static IReadOnlyList<SourceView> Read(EdgeRuntime? runtime)
    {
        if (runtime is null)
            return [];
        var health = runtime.Board.Sources().ToDictionary(source => source.Id, StringComparer.Ordinal);
        var heard = runtime.Services.GetRequiredService<HeardTags>();
        return [.. runtime.Configuration.Sources.Select(source =>
        {
            var known = health[source.Id];
            var (kind, bays) = Describe(source);
            return new SourceView(
                source.Id, kind, source.Driver, bays, known.Up, known.Since, known.Up ? null : runtime.Board.ReasonOf(source.Id), known.Sightings, known.Ignored, [.. heard.Of(source.Id).Take(MostTags)]);
        })];
    }

    internal static (string Kind, IReadOnlyList<string> Bays) Describe(SourceConfiguration source) => source switch
    {
        ReaderConfiguration reader => ("reader", [.. reader.Antennas.Select(antenna => antenna.Bay).Distinct()]),
        CameraConfiguration camera => ("camera", [.. camera.Zones.Select(zone => zone.Bay).Distinct()]),
        PresenceConfiguration contact => ("presence", [contact.Bay]),
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, "A kind of source that the page cannot show."),
    };
}

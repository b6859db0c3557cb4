using System.Text.Json.Serialization.Metadata;
using BayEdge.Core.Drivers;
using BayEdge.Service.Access;
using BayEdge.Service.Hosting;
using BayEdge.Service.Sources;
using BayEdge.Service.Status;

namespace BayEdge.Service.Endpoints;

/// <param name="Can">As <see cref="AskedReader.AbilitiesOf"/>.</param>
internal sealed record ReaderAbilities(string Id, IReadOnlyList<string> Can);

internal sealed record OutputRequest(bool? On);

/// <param name="Tag">Its EPC, hex.</param>
/// <param name="Bank"><c>epc</c>, <c>tid</c> or <c>user</c>.</param>
/// <param name="FirstWord">From 0; a word has 16 bits.</param>
internal sealed record MemoryRequest(string? Tag, string? Bank, int FirstWord, int Words);

/// <param name="Hex">Four digits a word.</param>
internal sealed record MemoryView(string Hex)
{
    public static ReaderPart<MemoryView>? Of(ReaderPart<string>? read) =>
        read is null ? null : new ReaderPart<MemoryView>(read.Value is { } hex ? new MemoryView(hex) : null, read.Says);
}

/// <summary>What readers can do beside reporting tags, and what an installer has them do. To be asked, some stop reading for a moment.</summary>
internal static class ReaderEndpoints
{
    private const int MostWords = 32;

    public static void MapReaders(this IEndpointRouteBuilder routes)
    {
        var readers = routes.MapGroup("/api/readers").RequireAuthorization(Roles.Installer);
        readers.MapGet("", (RuntimeKeeper keeper) => TypedResults.Json(Abilities(keeper.Runtime), PageJson.Default.IReadOnlyListReaderAbilities))
            .Produces<IReadOnlyList<ReaderAbilities>>();
        readers.MapGet("/{id}", LookAsync).Produces<ReaderView>();
        readers.MapPost("/{id}/outputs/{port:int}", SwitchAsync).Produces<IReadOnlyList<DigitalOutput>>();
        readers.MapPost("/{id}/memory", ReadMemoryAsync).Produces<MemoryView>();
    }

    private static IReadOnlyList<ReaderAbilities> Abilities(EdgeRuntime? runtime) => runtime is null ? [] :
    [
        .. from reader in runtime.Configuration.Readers
           let source = runtime.Services.GetRequiredService<RunningSources>().Find(reader.Id)
           where source is not null
           select new ReaderAbilities(reader.Id, AskedReader.AbilitiesOf(source)),
    ];

    private static Task<IResult> LookAsync(string id, RuntimeKeeper keeper, TimeProvider time, CancellationToken cancellationToken) => WithAsync(
        id, keeper, time, async reader => TypedResults.Json(await reader.LookAsync(cancellationToken), PageJson.Default.ReaderView));

    private static Task<IResult> SwitchAsync(string id, int port, OutputRequest request, RuntimeKeeper keeper, TimeProvider time, CancellationToken cancellationToken) => WithAsync(
        id, keeper, time, async reader => request.On is { } on
            ? Answer(id, await reader.SwitchAsync(port, on, cancellationToken), PageJson.Default.IReadOnlyListDigitalOutput)
            : Refusal.Of(StatusCodes.Status422UnprocessableEntity, PageTexts.NoOutputState.With()));

    private static Task<IResult> ReadMemoryAsync(string id, MemoryRequest request, RuntimeKeeper keeper, TimeProvider time, CancellationToken cancellationToken) => WithAsync(
        id, keeper, time, async reader =>
        {
            if (TagBanks.Named(request.Bank) is not { } bank || request.Words is < 1 or > MostWords || request.FirstWord is < 0 or > ushort.MaxValue)
                return Refusal.Of(StatusCodes.Status422UnprocessableEntity, PageTexts.NoSuchWords.With(("most", MostWords), ("last", ushort.MaxValue)));
            var read = await reader.ReadMemoryAsync(request.Tag ?? "", bank, request.FirstWord, request.Words, cancellationToken);
            return Answer(id, MemoryView.Of(read), PageJson.Default.MemoryView);
        });

    private static async Task<IResult> WithAsync(string id, RuntimeKeeper keeper, TimeProvider time, Func<AskedReader, Task<IResult>> act)
    {
        if (keeper.Runtime is not { } runtime)
            return Refusal.Of(StatusCodes.Status503ServiceUnavailable, PageTexts.NotRunning.With());
        if (runtime.Configuration.Readers.All(reader => reader.Id != id) || runtime.Services.GetRequiredService<RunningSources>().Find(id) is not { } source)
            return Refusal.Of(StatusCodes.Status404NotFound, PageTexts.NoSuchReader.With(("reader", id)));
        using var reader = new AskedReader(id, source, time);
        return await act(reader);
    }

    private static IResult Answer<T>(string id, ReaderPart<T>? part, JsonTypeInfo<T> type)
        where T : class => part switch
    {
        { Value: { } value } => TypedResults.Json(value, type),
        { Says: { } says } => Refusal.Of(StatusCodes.Status409Conflict, says),
        _ => Refusal.Of(StatusCodes.Status409Conflict, PageTexts.ReaderCannot.With(("reader", id))),
    };
}

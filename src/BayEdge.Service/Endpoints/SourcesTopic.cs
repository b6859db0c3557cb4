using System.Runtime.CompilerServices;
using System.Text.Json;
using BayEdge.Service.Hosting;
using BayEdge.Service.Sources;
using BayEdge.Service.Status;

namespace BayEdge.Service.Endpoints;

/// <summary>What the sources see at this moment, told as soon as a person would notice the difference.</summary>
internal sealed class SourcesTopic(RuntimeKeeper keeper, TimeProvider time) : IPageTopic
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);

    public string Name => "sources";

    public async IAsyncEnumerable<string> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var told = "";
        while (!cancellationToken.IsCancellationRequested)
        {
            var now = JsonSerializer.Serialize(
                new SourcesView(SourceEndpoints.Read(keeper.Runtime), keeper.Runtime?.Services.GetRequiredService<ReadPlates>().Read() ?? []), PageJson.Default.SourcesView);
            if (now != told)
                yield return now;
            told = now;
            await Task.Delay(Between, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

/// <param name="Plates">The newest first.</param>
internal sealed record SourcesView(IReadOnlyList<SourceView> Sources, IReadOnlyList<ReadPlateView> Plates);

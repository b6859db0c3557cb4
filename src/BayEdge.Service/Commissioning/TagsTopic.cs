using System.Runtime.CompilerServices;
using System.Text.Json;
using BayEdge.Service.Endpoints;

namespace BayEdge.Service.Commissioning;

/// <summary>What the readers hear, three times a second.</summary>
internal sealed class TagsTopic(LiveTags tags, TimeProvider time) : IPageTopic
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(330);

    public string Name => "tags";

    public async IAsyncEnumerable<string> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            yield return JsonSerializer.Serialize(tags.Read(), SetupJson.Default.IReadOnlyListLiveTag);
            await Task.Delay(Between, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

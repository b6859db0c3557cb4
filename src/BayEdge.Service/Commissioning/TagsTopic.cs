using System.Runtime.CompilerServices;
using System.Text.Json;
using BayEdge.Service.Access;
using BayEdge.Service.Endpoints;
using BayEdge.Service.Hosting;
using BayEdge.Service.Sources;

namespace BayEdge.Service.Commissioning;

/// <summary>What the readers hear at the moment, three times a second.</summary>
internal sealed class TagsTopic(RuntimeKeeper runtimes, TimeProvider time) : IPageTopic
{
    private const int MostShown = 60;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(330);

    // What was heard longer ago is told, but lights no antenna up any more.
    private const double NowSeconds = 1.2;

    // Over about this many messages a rate is taken.
    private const double Smoothing = 0.3;

    public string Name => "tags";

    public string Role => Roles.Installer;

    public async IAsyncEnumerable<string> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var before = new Dictionary<(string, int, string), (long Reads, double Rate)>();
        var since = time.GetTimestamp();
        while (!cancellationToken.IsCancellationRequested)
        {
            var elapsed = time.GetElapsedTime(since);
            since = time.GetTimestamp();
            yield return JsonSerializer.Serialize(Read(before, elapsed), SetupJson.Default.IReadOnlyListLiveTag);
            await Task.Delay(Between, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private IReadOnlyList<LiveTag> Read(Dictionary<(string, int, string), (long Reads, double Rate)> before, TimeSpan elapsed)
    {
        if (runtimes.Runtime is not { } runtime)
            return [];
        var heard = runtime.Services.GetRequiredService<HeardTags>();
        List<LiveTag> tags = [];
        foreach (var (reader, tag) in runtime.Configuration.Readers.SelectMany(reader => heard.Of(reader.Id).Select(tag => (reader.Id, tag))))
        {
            var known = before.GetValueOrDefault((reader, tag.Antenna, tag.Tag), (tag.Reads, 0));
            var rate = elapsed > TimeSpan.Zero ? Math.Max(0, tag.Reads - known.Reads) / elapsed.TotalSeconds : 0;
            rate = (known.Rate * (1 - Smoothing)) + (rate * Smoothing);
            before[(reader, tag.Antenna, tag.Tag)] = (tag.Reads, rate);
            tags.Add(new LiveTag(reader, tag.Antenna, tag.Tag, Math.Round(rate, 1), tag.RssiDbm, tag.StrongestDbm, tag.SecondsAgo <= NowSeconds));
        }

        return [.. tags.OrderByDescending(tag => tag.Now).ThenByDescending(tag => tag.LastDbm ?? double.MinValue).Take(MostShown)];
    }
}

/// <summary>One tag at one antenna.</summary>
/// <param name="PerSecond">Reads, smoothed.</param>
/// <param name="LastDbm">Null where the reader does not tell, as <paramref name="StrongestDbm"/>.</param>
/// <param name="Now">Whether it is in the field at this moment.</param>
internal sealed record LiveTag(string Source, int Antenna, string Tag, double PerSecond, double? LastDbm, double? StrongestDbm, bool Now);

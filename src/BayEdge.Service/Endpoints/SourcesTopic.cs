using System.Text.Json;
using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;
using BayEdge.Service.Hosting;
using BayEdge.Service.Sources;
using BayEdge.Service.Status;

namespace BayEdge.Service.Endpoints;

/// <summary>What the sources see at this moment, told as soon as a person would notice the difference.</summary>
internal sealed class SourcesTopic : SharedTopic
{
    // As many as the page shows of one reader.
    private const int MostTags = 8;

    // A tag that lies before an antenna is read many times a second: neither how long ago that was nor how strong moves for a person.
    private const long SameMilliseconds = 500;
    private const int SameDbm = 2;

    // One that is heard again after this long has come back, and is told like a new one.
    private const long AwayMilliseconds = 1500;

    private readonly ToldValues<string, LiveSource> _sources = new((before, now) => before != now);
    private readonly ToldValues<string, LiveCount> _counts = new((before, now) => before != now);
    private readonly ToldValues<(string, int, string), ToldTag> _tags;
    private readonly RuntimeKeeper _keeper;

    // Every second look: a message costs a phone and the device more than what stands in it, and twice a second is enough for what only moves.
    private bool _tellsMoves;
    private EdgeRuntime? _runtime;
    private IReadOnlyList<(SourceConfiguration Source, (string Kind, IReadOnlyList<string> Bays) Looks)> _configured = [];

    public SourcesTopic(RuntimeKeeper keeper, TimeProvider time)
        : base(time)
    {
        _keeper = keeper;
        _tags = new((before, now) => now.Heard - before.Heard >= AwayMilliseconds || (_tellsMoves && HasMoved(before, now)));
    }

    public override string Name => "sources";

    protected override News Look(long version, long beat)
    {
        var runtime = _keeper.Runtime;
        var isAnother = version == 1 || runtime != _runtime;
        if (isAnother)
            (_runtime, _configured) = (runtime, [.. (runtime?.Configuration.Sources ?? []).Select(source => (source, SourceEndpoints.Describe(source)))]);
        var health = (runtime?.Board.Sources() ?? []).ToDictionary(source => source.Id, StringComparer.Ordinal);
        var heard = runtime?.Services.GetRequiredService<HeardTags>();
        var now = (long)Now.TotalMilliseconds;
        _tellsMoves = beat % 2 == 0;
        var isNews = _sources.Set(_configured.Select(one => (one.Source.Id, View(one.Source, one.Looks, health[one.Source.Id], runtime!.Board))), version);
        isNews |= _tags.Set(
            _configured.SelectMany(one => heard!.Of(one.Source.Id).Take(MostTags).Select(tag => (
                (one.Source.Id, tag.Antenna, tag.Tag),
                new ToldTag(one.Source.Id, tag.Antenna, tag.Tag, tag.RssiDbm is { } dbm ? (int)Math.Round(dbm) : null, now - (long)(tag.SecondsAgo * 1000))))),
            version);

        if (isAnother || _tellsMoves)
            isNews |= _counts.Set(_configured.Select(one => (one.Source.Id, new LiveCount(one.Source.Id, health[one.Source.Id].Sightings, health[one.Source.Id].Ignored))), version);
        return isAnother ? News.Everything : isNews ? News.Some : News.None;
    }

    protected override string Tell(long since, bool isWhole) => JsonSerializer.Serialize(
        new SourcesView((long)Now.TotalMilliseconds, isWhole, _sources.Since(since), _counts.Since(since), _tags.Since(since)), PageJson.Default.SourcesView);

    private static bool HasMoved(ToldTag before, ToldTag now) =>
        now.Heard - before.Heard >= SameMilliseconds || before.Dbm is null != now.Dbm is null || Math.Abs((before.Dbm ?? 0) - (now.Dbm ?? 0)) > SameDbm;

    private static LiveSource View(SourceConfiguration source, (string Kind, IReadOnlyList<string> Bays) looks, SourceHealth known, StatusBoard board) =>
        new(source.Id, looks.Kind, source.Driver, looks.Bays, known.Up, known.Since, known.Up ? null : board.ReasonOf(source.Id));
}

/// <summary>What is another than before; null for nothing.</summary>
/// <param name="Now">In milliseconds of the clock that <see cref="ToldTag.Heard"/> is told in.</param>
/// <param name="Whole">Whether what is missing is gone; else it is as it was.</param>
internal sealed record SourcesView(long Now, bool Whole, IReadOnlyList<LiveSource>? Sources, IReadOnlyList<LiveCount>? Counts, IReadOnlyList<ToldTag>? Tags);

/// <param name="Kind"><c>reader</c>, <c>camera</c> or <c>presence</c>.</param>
/// <param name="Bays">What it looks at.</param>
internal sealed record LiveSource(string Id, string Kind, string Driver, IReadOnlyList<string> Bays, bool Up, DateTimeOffset? Since, Phrase? Reason);

internal sealed record LiveCount(string Id, long Sightings, long? Ignored);

/// <param name="Dbm">The last one; null when the reader does not tell.</param>
/// <param name="Heard">When it was last heard; forgotten after a minute.</param>
internal sealed record ToldTag(string Source, int Antenna, string Tag, int? Dbm, long Heard);

using BayEdge.Core.Bays;
using BayEdge.Core.Commissioning.Rules;
using BayEdge.Core.Configuration;
using BayEdge.Service.Configuring;
using BayEdge.Service.Hosting;
using BayEdge.Service.Recording;
using BayEdge.Storage.Files;
using BayEdge.Storage.Recording;

namespace BayEdge.Service.Commissioning.Rules;

/// <summary>Lets the tracker decide once more over what was recorded, under the rules that hold and under others.</summary>
internal sealed class RuleReplay(RuntimeKeeper runtimes, ConfigurationKeeper configurations, PageHostOptions options) : IDisposable
{
    // Somebody at a second phone waits; whoever moves a slider there and here must not make the device work for hours.
    private const int MostAsked = 3;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    // Two at once would only take each other's time, and the bays'.
    private readonly SemaphoreSlim _turn = new(1);
    private int _asked;

    /// <summary>What the rules that hold make of the time up to now.</summary>
    public Task<Replayed<ReplayOutcome>> ReplayAsync(TimeSpan length, CancellationToken cancellationToken) =>
        InTurnAsync(length, null, outcomes => outcomes[0], cancellationToken);

    /// <summary>What other rules would make of the time up to now.</summary>
    /// <remarks>As if either had held throughout, so that nothing but the rules differs.</remarks>
    public Task<Replayed<RuleComparison>> CompareAsync(RulesConfiguration other, TimeSpan length, CancellationToken cancellationToken) =>
        InTurnAsync(length, other, outcomes => RuleComparison.Of(outcomes[0], outcomes[1]), cancellationToken);

    public void Dispose() => _turn.Dispose();

    private async Task<Replayed<T>> InTurnAsync<T>(
        TimeSpan length, RulesConfiguration? other, Func<IReadOnlyList<ReplayOutcome>, T> read, CancellationToken cancellationToken)
        where T : class
    {
        using var limit = new CancellationTokenSource(Limit, options.NetworkClock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            if (Interlocked.Increment(ref _asked) > MostAsked)
                return new Replayed<T>(null, SetupSentences.ReplayBusy.With());
            await _turn.WaitAsync(either.Token);
            try
            {
                return await PlayAsync(length, other, either.Token) is { } outcomes
                    ? new Replayed<T>(read(outcomes), null)
                    : new Replayed<T>(null, SetupSentences.NothingRecorded.With());
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new Replayed<T>(null, SetupSentences.ReplayTooLong.With(("limit", Limit)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return new Replayed<T>(null, SetupSentences.RecordingUnreadable.With(("reason", DiskWords.Of(exception).Phrase)));
        }
        finally
        {
            Interlocked.Decrement(ref _asked);
        }
    }

    private async Task<IReadOnlyList<ReplayOutcome>?> PlayAsync(TimeSpan length, RulesConfiguration? other, CancellationToken cancellationToken)
    {
        // Rules that were saved a moment ago hold, though the bays are about to be watched under them.
        var watched = await runtimes.SettledAsync(cancellationToken);
        if (configurations.Current.Configuration is not { Rules: var present } || watched.Runtime?.Services.GetService<FlightRecorder>() is not { } recorder)
            return null;
        await recorder.FlushAsync(cancellationToken);
        var from = options.BayClock.GetUtcNow() - length;
        IReadOnlyList<RulesConfiguration> rules = other is null ? [present] : [present, other];
        return await Task.Run(() => ReplayedSegments.Since(from, RecordedSegment.In(options.Folder.Path)).Play(rules, cancellationToken), cancellationToken);
    }
}

/// <summary>What a replay comes to.</summary>
/// <param name="Outcome">Null where there is none.</param>
/// <param name="Missing">Why there is none; null where there is one.</param>
internal sealed record Replayed<T>(T? Outcome, Phrase? Missing)
    where T : class;

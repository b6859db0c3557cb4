using BayEdge.Core.Commissioning.Rules;
using BayEdge.Core.Configuration;
using BayEdge.Service.Hosting;
using BayEdge.Service.Recording;
using BayEdge.Storage.Recording;

namespace BayEdge.Service.Commissioning.Rules;

/// <summary>Lets the tracker decide once more over what was recorded, under the rules that hold and under others.</summary>
internal sealed class RuleReplay(RuntimeKeeper runtimes, PageHostOptions options) : IDisposable
{
    // Two at once would only take each other's time, and the bays'.
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>What the rules that hold make of the time up to now; null when nothing was recorded.</summary>
    public Task<ReplayOutcome?> ReplayAsync(TimeSpan length, CancellationToken cancellationToken) =>
        RunAsync(length, (segments, present) => segments.Play(present, cancellationToken), cancellationToken);

    /// <summary>What other rules would make of the time up to now; null when nothing was recorded.</summary>
    /// <remarks>As if either had held throughout, so that nothing but the rules differs.</remarks>
    public Task<RuleComparison?> CompareAsync(RulesConfiguration other, TimeSpan length, CancellationToken cancellationToken) => RunAsync(
        length,
        (segments, present) => segments.Play(present, cancellationToken) is { } now && segments.Play(other, cancellationToken) is { } then ? RuleComparison.Of(now, then) : null,
        cancellationToken);

    public void Dispose() => _turn.Dispose();

    private async Task<T?> RunAsync<T>(TimeSpan length, Func<ReplayedSegments, RulesConfiguration, T?> play, CancellationToken cancellationToken)
        where T : class
    {
        if (runtimes.Runtime is not { } runtime || runtime.Services.GetService<FlightRecorder>() is not { } recorder)
            return null;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await recorder.FlushAsync(cancellationToken);
            var from = options.BayClock.GetUtcNow() - length;
            return await Task.Run(() => play(ReplayedSegments.Since(from, RecordedSegment.In(options.Folder.Path)), runtime.Configuration.Rules), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // The oldest segment has just made room, or the disk is sick, which is said elsewhere.
            return null;
        }
        finally
        {
            _turn.Release();
        }
    }
}

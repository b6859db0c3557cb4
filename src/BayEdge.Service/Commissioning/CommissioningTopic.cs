using System.Runtime.CompilerServices;
using System.Text.Json;
using BayEdge.Core.Commissioning;
using BayEdge.Core.Commissioning.Walk;
using BayEdge.Core.Configuration;
using BayEdge.Service.Access;
using BayEdge.Service.Configuring;
using BayEdge.Service.Endpoints;

namespace BayEdge.Service.Commissioning;

/// <summary>How the installation stands, live on every phone that watches.</summary>
internal sealed class CommissioningTopic(
    CommissioningKeeper keeper, WalkService walk, SourceTrials trials, ConfigurationKeeper configurations, AccessStore access, TimeProvider time) : IPageTopic
{
    private static readonly TimeSpan LeastBetweenUpdates = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan MostBetweenUpdates = TimeSpan.FromSeconds(5);

    public string Name => "commissioning";

    public string Role => Roles.Installer;

    public CommissioningView Read()
    {
        NoteWhatIsProved();
        var progress = keeper.Progress;
        var configuration = configurations.Current.Configuration;
        var (scanning, found) = trials.Scan;
        return new CommissioningView(
            progress.Next,
            progress.HandedOverAt,
            progress.AdoptedFrom,
            configurations.Current.Revision,
            configuration?.Site ?? "",
            configuration?.Device ?? "",
            [.. (configuration?.Bays ?? []).Select(bay => new BayEntry(bay.Id, bay.Name))],
            [.. Enum.GetValues<CommissioningStep>().Select(step => View(step, progress))],
            [.. progress.Walks.Values.Select(walked => configuration is null ? walked : walked.Under(configuration))],
            [.. progress.Antennas.Where(held => LooksStill(configuration, held.Key, held.Value)).Select(held => new HeldView(held.Key, held.Value.Reader, held.Value.Port))],
            walk.State is { } state ? View(state) : null,
            scanning,
            [.. found.Select(reader => new FoundView(
                reader.Driver,
                reader.Settings.ToDictionary(setting => setting.Key, setting => setting.Value, StringComparer.Ordinal),
                reader.Report.Answered,
                reader.Report.Says,
                reader.Report.Facts,
                reader.Report.Antennas))]);
    }

    public async IAsyncEnumerable<string> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var (changed, configured) = (keeper.Changed, configurations.Changed);
            yield return JsonSerializer.Serialize(Read(), SetupJson.Default.CommissioningView);
            await Task.Delay(LeastBetweenUpdates, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Task either = Task.WhenAny(changed, configured);
            await either.WaitAsync(MostBetweenUpdates, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Whoever reads this has reached the page and logged in.
    private void NoteWhatIsProved()
    {
        var now = time.GetUtcNow();
        keeper.Update(progress =>
        {
            if (!progress.IsPassed(CommissioningStep.Join))
                progress = progress.With(CommissioningStep.Join, new StepRecord(StepState.Ok, CommissioningSentences.Joined.With(), [], now));
            if (access.IsClaimed && !progress.IsPassed(CommissioningStep.Claim))
                progress = progress.With(CommissioningStep.Claim, new StepRecord(StepState.Ok, CommissioningSentences.Claimed.With(), [], now));
            return progress;
        });
    }

    // What was proved of an antenna that was given to another bay since, or taken away, no longer holds.
    private static bool LooksStill(EdgeConfiguration? configuration, string bay, HeldAntenna held) =>
        configuration?.Readers.FirstOrDefault(reader => reader.Id == held.Reader)?.Antennas.Contains(new AntennaConfiguration(held.Port, bay)) == true;

    private StepView View(CommissioningStep step, CommissioningProgress progress)
    {
        var known = progress.Steps.GetValueOrDefault(step);
        return keeper.Running.TryGetValue(step, out var running)
            ? new StepView(step, StepState.Running, null, running, null, progress.IsPassed(step))
            : new StepView(step, known?.State ?? StepState.Unknown, known?.Says, known?.Checks ?? [], known?.At, progress.IsPassed(step));
    }

    private static WalkView View(WalkState state) => new(
        state.Plan.Bay, state.Plan.Plate, state.Plan.Tag, WalkTest.Items(state), state.StartedAt.Wall, state.EndedAt is not null, state.DrivesOffAt is not null);
}

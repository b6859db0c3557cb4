using System.Globalization;
using BayEdge.Contracts.Events;
using BayEdge.Core.Bays;
using BayEdge.Core.Timing;

namespace BayEdge.Service.Commands;

/// <summary>Writes under the events of a replay, indented, why they were decided.</summary>
internal sealed class ReplayExplainer(ReplayExplanations wanted, TextWriter output)
{
    private bool _isDone = wanted.At is null;

    /// <summary>The instant that was asked for, once nothing more can be seen up to it; else null.</summary>
    /// <param name="before">When the next is seen.</param>
    public ObservedAt? NextStop(ObservedAt now, ObservedAt before) =>
        !_isDone && wanted.At is { } at && at < before.Wall ? now + TimeSpan.FromTicks(Math.Max(0, (at - now.Wall).Ticks)) : null;

    /// <summary>Explains the end of the log where the instant that was asked for has not come before.</summary>
    public async Task EndAsync(TrackerState? state, TextWriter errors)
    {
        if (_isDone)
            return;
        if (state is null || wanted.At > state.Now.Wall)
            await errors.WriteLineAsync(Say($"--explain-at: the log ends before {wanted.At?.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}; its end is explained"));
        if (state is not null)
            await StopAsync(state);
    }

    public async Task DecidedAsync(Transition transition)
    {
        if (!wanted.Decisions || (wanted.Bay is { } bay && bay != transition.Bay))
            return;
        await WriteAsync(transition.Evidence);
        if (transition.RunnerUp is { } runnerUp)
            await output.WriteLineAsync($"  could also have been: {runnerUp.Text}");
        if (transition.WouldChange is { } wouldChange)
            await output.WriteLineAsync($"  what would change it: {wouldChange.Text}");
    }

    public async Task StopAsync(TrackerState state)
    {
        _isDone = true;
        foreach (var bay in state.Layout.Bays.Where(bay => wanted.Bay is null || wanted.Bay == bay))
            await ExplainAsync(BayTracker.Explain(state, bay));
    }

    private async Task ExplainAsync(Explanation explanation)
    {
        foreach (var (index, hypothesis) in explanation.Hypotheses.Index())
        {
            await output.WriteLineAsync(index == 0
                ? Say($"{explanation.Bay} at {explanation.At.Wall.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}: {hypothesis.What.Text}, {Strength(hypothesis)}")
                : Say($"  or {hypothesis.What.Text}, {Strength(hypothesis)}; decided from {hypothesis.NeededOdds} ({hypothesis.Needed:0.0} nats) on"));
            await WriteAsync(hypothesis.Evidence);
        }

        if (explanation.WouldChange is { } wouldChange)
            await output.WriteLineAsync($"  what would change it: {wouldChange.Text}");
    }

    private static string Strength(Hypothesis hypothesis) => Say($"{hypothesis.Odds} ({hypothesis.LogOdds:0.0} nats)");

    private async Task WriteAsync(IEnumerable<Evidence> evidence)
    {
        foreach (var item in evidence)
            await output.WriteLineAsync(Say($"  {item.Weight,7:+0.0;-0.0;0.0} {item.Source,-12} {item.Detail}"));
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

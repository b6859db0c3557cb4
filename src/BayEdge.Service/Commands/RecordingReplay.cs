using BayEdge.Core.Recording;
using BayEdge.Service.Status;
using BayEdge.Storage.Recording;

namespace BayEdge.Service.Commands;

/// <summary>Runs what a device recorded through the tracker once more; prints what the device decided.</summary>
internal sealed class RecordingReplay(TextWriter output, TextWriter errors, ReplayExplainer? explainer = null)
{
    private readonly RecordingPlayer _player = new(HealthReporter.Version);
    private readonly EventPrinter _events = new(output, explainer);

    /// <returns>Whether everything was decided as it was on the device.</returns>
    /// <exception cref="SightingLogException">The recording cannot be read, or not to its end.</exception>
    public async Task<bool> RunAsync(IEnumerable<RecordedSegment> segments, CancellationToken cancellationToken)
    {
        var (isRight, count) = (true, 0);
        foreach (var segment in Guarded(segments))
        {
            count++;
            _player.BeginSegment();
            var number = 0;
            foreach (var line in Guarded(segment.Lines))
            {
                cancellationToken.ThrowIfCancellationRequested();
                number++;
                isRight &= await PlayAsync(line, $"{segment.Name}, line {number}");
            }
        }

        if (count == 0)
            await errors.WriteLineAsync("expected a recording with at least one segment, but found none");
        return isRight && count > 0;
    }

    private static IEnumerable<T> Guarded<T>(IEnumerable<T> read)
    {
        using var items = read.GetEnumerator();
        while (MoveNext(items))
            yield return items.Current;
    }

    private static bool MoveNext<T>(IEnumerator<T> items)
    {
        try
        {
            return items.MoveNext();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new SightingLogException(exception);
        }
    }

    private async Task<bool> PlayAsync(string line, string place)
    {
        var played = _player.Play(line);
        foreach (var remark in played.Remarks)
            await errors.WriteLineAsync($"{place}: {remark.Text}");
        if (!played.Transitions.IsEmpty)
            await _events.PrintAsync(_player.Configuration!, played.Transitions);
        return !played.Remarks.Any(remark => remark.IsWrong);
    }
}

using System.Globalization;
using BayEdge.Contracts.Events;

namespace BayEdge.Faults.Truth;

/// <summary>Which events the device has stored, and where, as its log tells.</summary>
internal sealed class DeviceTruth
{
    private readonly SortedDictionary<EventPosition, TruthEvent> _stored = [];
    private readonly List<string> _problems = [];
    private IReadOnlyList<TruthEvent> _unanswered = [];
    private EventPosition _last;

    /// <summary>Everything that must be in the ledger, in the order of the numbers.</summary>
    public IReadOnlyDictionary<EventPosition, TruthEvent> Stored => _stored;

    /// <summary>The newest number given out.</summary>
    public EventPosition Last => _last;

    /// <summary>The last number at which everything was confirmed.</summary>
    public EventPosition Drained { get; private set; }

    /// <summary>The newest life of the device's process that has opened its journal; 0 before the first.</summary>
    public int Life { get; private set; }

    /// <summary>What the journal did wrong.</summary>
    public IReadOnlyList<string> Problems => _problems;

    public static DeviceTruth Read(string path)
    {
        var truth = new DeviceTruth();
        using var file = new StreamReader(new FileStream(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite));
        foreach (var line in file.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries))
            truth.Take(line.Split(' '));
        return truth;
    }

    private void Take(string[] words)
    {
        switch (words[0])
        {
            case TruthLog.AppendingWord:
                _unanswered = [.. words[1..].Select(TruthEvent.Parse)];
                break;
            case TruthLog.OpenedWord:
                Life = int.Parse(words[3], CultureInfo.InvariantCulture);
                Reopen(Position(words));
                break;
            case TruthLog.AppendedWord:
                Append(Position(words));
                break;
            case TruthLog.DrainedWord:
                Drained = Position(words);
                break;
            default:
                throw new InvalidOperationException($"A line of the device's log that nobody reads: {string.Join(' ', words)}");
        }
    }

    // A process that was killed inside an append has either stored all of it or nothing.
    private void Reopen(EventPosition found)
    {
        if (found.Epoch == _last.Epoch && found.Sequence == _last.Sequence + _unanswered.Count)
            Append(found);
        else if (found.Epoch > _last.Epoch && found.Sequence == 0)
            _last = found;
        else if (found != _last)
            _problems.Add($"The journal was left at {_last} and opened at {found}.");
        _unanswered = [];
    }

    private void Append(EventPosition last)
    {
        if (last.Epoch != _last.Epoch || last.Sequence != _last.Sequence + _unanswered.Count)
            _problems.Add($"{_unanswered.Count} events after {_last} were answered with {last}.");
        for (var index = 0; index < _unanswered.Count; index++)
            _stored[last with { Sequence = last.Sequence - _unanswered.Count + index + 1 }] = _unanswered[index];
        _last = last;
        _unanswered = [];
    }

    private static EventPosition Position(string[] words) =>
        new(int.Parse(words[1], CultureInfo.InvariantCulture), long.Parse(words[2], CultureInfo.InvariantCulture));
}

using BayEdge.Central.Ledger;
using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.State;

namespace BayEdge.Central.Listening;

/// <summary>Prints what the consumer does and counts it.</summary>
internal sealed class ListenReport(IListenFormat format, TextWriter output, TextWriter error) : ICentralListener
{
    // A device sends a message again until it is acknowledged, and a malformed one never is.
    private const int LongestMemory = 1000;

    private readonly HashSet<(string Topic, string Problem)> _said = [];
    private readonly HashSet<(string Site, string Device, string VisitId)> _finished = [];
    private string? _lastDisconnect;
    private long _events;
    private long _duplicates;
    private long _malformed;

    public void Connected(string broker)
    {
        _lastDisconnect = null;
        error.WriteLine($"connected to {broker}");
    }

    public void Disconnected(string reason)
    {
        if (reason != _lastDisconnect)
            error.WriteLine($"not connected: {reason}; trying again");
        _lastDisconnect = reason;
    }

    public void Stored(ReceivedEvent received, Visit? visit)
    {
        _events++;
        output.WriteLine(format.Event(received));
        if (visit is null)
            return;

        var key = (visit.Site, visit.Device, visit.VisitId);
        if (!visit.IsFinished)
        {
            _finished.Remove(key);
        }
        else if (_finished.Add(key) || received.Type == EventTypes.VisitCorrected)
        {
            output.WriteLine(format.Visit(visit));
        }
    }

    public void DroppedDuplicate(EventSource source, EventPosition position) => _duplicates++;

    public void GapOpened(EventSource source, SequenceRange missing) =>
        error.WriteLine($"gap: {Words(source)} has not sent {missing} yet");

    public void GapClosed(EventSource source) => error.WriteLine($"gap closed: nothing of {Words(source)} is missing any more");

    public void GapLost(EventSource source, SequenceRange lost) =>
        error.WriteLine($"gap: {Words(source)} no longer keeps {lost}; look for another consumer that acknowledges");

    public void Malformed(string topic, string problem)
    {
        _malformed++;
        if (_said.Count < LongestMemory && _said.Add((topic, problem)))
            error.WriteLine($"malformed message on {topic}: {problem}");
    }

    public void AcknowledgementFailed(EventSource source, string problem)
    {
        if (_said.Count < LongestMemory && _said.Add((source.ToString(), problem)))
            error.WriteLine($"not acknowledged: {problem}");
    }

    public void UtilisationChanged(SiteUtilisation change) => output.WriteLine(format.Utilisation(change));

    public void UtilisationNotPublished(string site, string problem)
    {
        if (_said.Count < LongestMemory && _said.Add((site, problem)))
            error.WriteLine($"utilisation of {site} not published: {problem}");
    }

    public void LedgerFailed(string problem) => error.WriteLine($"not stored: {problem}; trying again");

    /// <summary>Prints the summary.</summary>
    /// <returns>Whether nothing is missing and nothing was malformed.</returns>
    public bool Close(CentralLedger ledger, bool acknowledges)
    {
        var gaps = ledger.Sources.Values.SelectMany(source => source.Missing.Concat(source.Lost)).ToList();
        foreach (var (source, state) in ledger.Sources)
        {
            if (acknowledges && state.Held.Count > 0 && state.Start is null && state.AckUpTo is null)
            {
                error.WriteLine(
                    $"not acknowledged: {Words(source)} sent neither number 1 nor an online status, so nobody knows where it begins");
            }
        }

        output.WriteLine(format.Summary(
            new ListenSummary(_events, _duplicates, gaps.Count, gaps.Sum(gap => gap.Count), _malformed, _finished.Count)));
        return gaps.Count == 0 && _malformed == 0;
    }

    private static string Words(EventSource source) => $"{source.Site}/{source.Device} epoch {source.Epoch}";
}

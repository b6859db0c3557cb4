using System.Text.Json;
using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.Json;
using BayEdge.Contracts.State;

namespace BayEdge.Central.Conformance;

/// <summary>Holds every acknowledgement against what had been sent by then.</summary>
internal sealed class AckJournal
{
    private readonly Lock _use = new();
    private readonly Dictionary<EventSource, SequenceLedger> _sent = [];
    private readonly Dictionary<EventSource, (long UpTo, int Times)> _heard = [];
    private readonly List<string> _malformed = [];
    private readonly List<string> _beyond = [];

    /// <summary>Acknowledgements that are none by the contract.</summary>
    public IReadOnlyList<string> Malformed => Copy(_malformed);

    /// <summary>Acknowledgements of what the consumer cannot have.</summary>
    public IReadOnlyList<string> Beyond => Copy(_beyond);

    /// <summary>From which number on the device still keeps its events.</summary>
    public void Begin(EventSource source, long firstKept)
    {
        lock (_use)
            _sent[source] = SequenceLedger.Unknown.KeptFrom(firstKept);
    }

    /// <summary>Call before an event goes out, so that no acknowledgement can overtake the note.</summary>
    public void Sending(EventSource source, long sequence)
    {
        lock (_use)
            _sent[source] = _sent[source].Accept(sequence).Ledger;
    }

    public void Heard(string site, string device, ReadOnlySpan<byte> payload)
    {
        var text = System.Text.Encoding.UTF8.GetString(payload);
        lock (_use)
        {
            try
            {
                if (JsonSerializer.Deserialize(payload, ContractsJson.Wire.Ack) is not { UpTo: > 0 } ack)
                    _malformed.Add(text);
                else
                    Judge(new EventSource(site, device, ack.Epoch), ack);
            }
            catch (JsonException)
            {
                _malformed.Add(text);
            }
        }
    }

    /// <summary>How far a source is acknowledged, and how often that was said; 0 when never.</summary>
    public (long UpTo, int Times) Of(EventSource source)
    {
        lock (_use)
            return _heard.GetValueOrDefault(source);
    }

    private void Judge(EventSource source, Ack ack)
    {
        if (!_sent.TryGetValue(source, out var sent))
        {
            // A word about an earlier run is late, but harmless.
            if (_sent.Keys.Any(known => known.Device == source.Device && known.Epoch < source.Epoch))
                _beyond.Add($"it acknowledged epoch {ack.Epoch}, which has not begun");
            return;
        }

        if (ack.UpTo > (sent.AckUpTo ?? 0))
        {
            var missing = sent.Missing.Any() ? $" while {string.Join(" and ", sent.Missing)} had not been sent" : "";
            _beyond.Add($"it acknowledged up to {ack.UpTo} of {source.Device}{missing}, and could have everything only up to {sent.AckUpTo ?? 0}");
        }

        var (upTo, times) = _heard.GetValueOrDefault(source);
        _heard[source] = ack.UpTo > upTo ? (ack.UpTo, 1) : ack.UpTo == upTo ? (upTo, times + 1) : (upTo, times);
    }

    private List<string> Copy(List<string> list)
    {
        lock (_use)
            return [.. list];
    }
}

using BayEdge.Core.Timing;
using BayEdge.Drivers.Llrp.Protocol;

namespace BayEdge.Drivers.Llrp;

/// <summary>Reports that come before anybody listens: what the reader kept while the connection was broken comes first of all.</summary>
internal sealed class EarlyReports
{
    /// <summary>Some ten thousand tags; where there is more, the newest say most.</summary>
    private const int MostBytes = 1 << 20;

    private readonly Queue<(LlrpFrame Frame, ObservedAt Arrival)> _frames = new();
    private int _bytes;

    /// <summary>The oldest first; they stay.</summary>
    public IEnumerable<LlrpFrame> All => _frames.Select(kept => kept.Frame);

    /// <param name="frame">Copied, since the bytes of a received frame live only until the next one.</param>
    public void Keep(LlrpFrame frame, ObservedAt arrival)
    {
        _frames.Enqueue((frame with { Body = frame.Body.ToArray() }, arrival));
        _bytes += frame.Body.Length;
        while (_bytes > MostBytes && TryTake(out _, out _))
        {
            // The oldest make room.
        }
    }

    public bool TryTake(out LlrpFrame frame, out ObservedAt arrival)
    {
        var isThere = _frames.TryDequeue(out var kept);
        (frame, arrival) = kept;
        _bytes -= frame.Body.Length;
        return isThere;
    }
}

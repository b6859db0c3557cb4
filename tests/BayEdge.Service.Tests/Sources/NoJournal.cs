using BayEdge.Contracts.Events;
using BayEdge.Core.Delivery;

namespace BayEdge.Service.Tests.Sources;

/// <summary>For a loop that is never started, so that nothing is written.</summary>
internal sealed class NoJournal : IJournal
{
    public int Epoch => 1;

    public long LastSequence => 0;

    public IReadOnlyList<EventPosition> Append(IReadOnlyList<PendingEvent> events, ReadOnlyMemory<byte> snapshot) => [];

    public void NoteRefused(DateTimeOffset since)
    {
        // Nothing is refused.
    }

    public ReadOnlyMemory<byte>? ReadSnapshot() => null;

    public IReadOnlyList<UnsettledEvent> ReadUnsettled() => [];

    public (int Replaced, int Corrected) Settle(IReadOnlyList<Redating> redatings, ReadOnlyMemory<byte> snapshot) => (0, 0);
}

using System.Globalization;
using System.Text;
using BayEdge.Contracts;
using BayEdge.Contracts.Events;
using BayEdge.Core.Delivery;

namespace BayEdge.PowerCut;

/// <summary>What the load stores: content that follows from a position and a token that is never used a second time.</summary>
internal static class Content
{
    private static readonly DateTimeOffset RecordedAt = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    public static PendingEvent Event(long token) =>
        new(Topics.BayEvents("sh-01", "pi-01", "bay-01"), RecordedAt, position => Event(position, token));

    /// <summary>The token of a stored event; null when its content is not what the load wrote at this position.</summary>
    public static long? TokenOf(OutboxEntry entry) =>
        NumberIn(entry.Payload.Span, 1) is { } token && entry.Payload.Span.SequenceEqual(Event(entry.Position, token)) ? token : null;

    /// <summary>A snapshot that tells which append wrote it.</summary>
    public static byte[] Snapshot(long append) => Fill($"snapshot {append}", append, 500 + (append * 61 % 3000));

    /// <summary>The append that wrote a snapshot; null when its content is not what the load wrote.</summary>
    public static long? AppendOf(ReadOnlySpan<byte> snapshot) =>
        NumberIn(snapshot, 1) is { } append && snapshot.SequenceEqual(Snapshot(append)) ? append : null;

    // Sizes around and above what one page of the database holds.
    private static byte[] Event(EventPosition position, long token) =>
        Fill($"{position.EventId} {token}", token, 300 + (token * 37 % 1200));

    private static byte[] Fill(string text, long seed, long bytes)
    {
        var content = new byte[bytes];
        new Random(seed.GetHashCode()).NextBytes(content);
        var head = Encoding.UTF8.GetBytes(text + ' ');
        head.CopyTo(content, 0);
        return content;
    }

    private static long? NumberIn(ReadOnlySpan<byte> content, int word)
    {
        var words = Encoding.UTF8.GetString(content[..Math.Min(60, content.Length)]).Split(' ');
        return words.Length > word && long.TryParse(words[word], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }
}

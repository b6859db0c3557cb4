using System.Globalization;

namespace BayEdge.Contracts.Events;

/// <summary>Where an event stands in everything that its device ever sent.</summary>
/// <param name="Epoch">Counts the device's journals: a new one begins only when the old one was damaged or lost.</param>
/// <param name="Sequence">The event's number in its epoch, from 1, without gaps.</param>
public readonly record struct EventPosition(int Epoch, long Sequence) : IComparable<EventPosition>
{
    private const int SequenceDigits = 16;

    public string EventId => $"{Epoch}-{SequenceText}";

    public string SequenceText => Sequence.ToString($"D{SequenceDigits}", CultureInfo.InvariantCulture);

    public static string SourceOf(string site, string device, int epoch) => $"/bayedge/{site}/{device}/{epoch}";

    /// <summary>Reads the position back from an event's <c>source</c> and <c>sequence</c>.</summary>
    public static bool TryParse(string source, string sequence, out EventPosition position)
    {
        position = default;
        var slash = source.LastIndexOf('/');
        if (slash < 0
            || !int.TryParse(source.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
            || !long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number < 1)
        {
            return false;
        }

        position = new EventPosition(epoch, number);
        return true;
    }

    public override string ToString() => EventId;

    public int CompareTo(EventPosition other) =>
        Epoch != other.Epoch ? Epoch.CompareTo(other.Epoch) : Sequence.CompareTo(other.Sequence);

    public static bool operator <(EventPosition left, EventPosition right) => left.CompareTo(right) < 0;

    public static bool operator >(EventPosition left, EventPosition right) => left.CompareTo(right) > 0;

    public static bool operator <=(EventPosition left, EventPosition right) => left.CompareTo(right) <= 0;

    public static bool operator >=(EventPosition left, EventPosition right) => left.CompareTo(right) >= 0;
}

using System.Collections.Immutable;

namespace BayEdge.Core.Configuration;

/// <summary>When a reader may send radio waves; at other times it rests, and its silence means nothing.</summary>
/// <param name="Contacts">It sends while one of these contacts says that something is there; empty where only the hours count.</param>
/// <param name="LingerSeconds">How long it goes on after the last of them said so.</param>
/// <param name="Hours">It sends between these hours; null where only the contacts count.</param>
public sealed record GateConfiguration(ImmutableArray<string> Contacts, int LingerSeconds, DailyHours? Hours)
{
    public const int DefaultLingerSeconds = 30;

    public bool Equals(GateConfiguration? other) =>
        other is not null && Contacts.SequenceEqual(other.Contacts) && (LingerSeconds, Hours) == (other.LingerSeconds, other.Hours);

    public override int GetHashCode() => HashCode.Combine(Contacts.Length, LingerSeconds, Hours);
}

/// <summary>A part of every day, by the clock on the wall; past midnight where it ends before it begins.</summary>
public sealed record DailyHours(TimeOnly From, TimeOnly To)
{
    public bool Contains(TimeOnly time) => time.IsBetween(From, To);

    /// <summary>Reads <c>07:00-20:00</c>.</summary>
    public static DailyHours? Read(string text) =>
        text.Split('-') is [var from, var to]
        && TimeOnly.TryParseExact(from.Trim(), "HH:mm", out var begin) && TimeOnly.TryParseExact(to.Trim(), "HH:mm", out var end) && begin != end
            ? new DailyHours(begin, end)
            : null;

    public override string ToString() => $"{From:HH\\:mm}-{To:HH\\:mm}";
}

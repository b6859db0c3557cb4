using System.Text.Json.Serialization;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Bays.Signs;

/// <summary>What a loop, light beam or switch says of the bay.</summary>
/// <param name="Since">Since when it has said so.</param>
/// <param name="LastAt">When it last said anything.</param>
/// <param name="ChangedAt">The first of the changes that led to it, where a contact bounces.</param>
/// <param name="Before">When it last said the contrary before that; null when it never did.</param>
internal sealed record ContactState(bool Closed, ObservedAt Since, ObservedAt LastAt, ObservedAt ChangedAt, ObservedAt? Before = null)
{
    // Trolleys close it for some seconds, and loops drop out for some: the longer it holds the less likely that is.
    private const double NatsPerSecond = 0.55;
    private const double MostNats = 7;

    // A vehicle on the edge opens and closes it again and again for about this long.
    private static readonly TimeSpan Bounce = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(MostNats / NatsPerSecond);

    /// <summary>For a vehicle, in nats; negative when it says that there is none.</summary>
    public double LogOddsOfOccupied(ObservedAt now)
    {
        var nats = Math.Min(MostNats, (now - Since).TotalSeconds * NatsPerSecond);
        return Closed ? nats : -nats;
    }

    /// <summary>When it is worth looking again, as what it says grows surer; null when it is as sure as it gets.</summary>
    public ObservedAt? NextLook(ObservedAt now)
    {
        for (var after = TimeSpan.FromSeconds(1); after <= Settled; after += TimeSpan.FromSeconds(1))
        {
            if (Since.Monotonic + after > now.Monotonic)
                return Since + after;
        }

        return null;
    }

    /// <summary>Whether the change was heard as it came: a contact that is connected again only says how it stands.</summary>
    /// <param name="listening">Since when its source works.</param>
    public bool IsDated(ObservedAt listening) => Before is { } before ? before.Monotonic >= listening.Monotonic : listening.Monotonic < ChangedAt.Monotonic;

    /// <summary>As it stood before the newest instant.</summary>
    [JsonIgnore]
    private ContactState? Former { get; init; }

    /// <summary>What it said before an instant, whatever it says in it; null when it had said nothing.</summary>
    public ContactState? UpTo(ObservedAt at) => LastAt.Monotonic < at.Monotonic ? this : Former;

    /// <returns>The same when this was said before what is known already.</returns>
    public ContactState With(ObservedAt at, bool closed)
    {
        if (at.Monotonic < LastAt.Monotonic)
            return this;
        var former = LastAt.Monotonic < at.Monotonic ? this with { Former = null } : Former;
        if (closed == Closed)
            return this with { LastAt = at, Former = former };
        return (at - Since < Bounce ? new ContactState(closed, at, at, ChangedAt, Before) : new ContactState(closed, at, at, at, LastAt)) with { Former = former };
    }
}

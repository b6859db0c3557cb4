using BayEdge.Contracts.Events;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Delivery;

/// <summary>The instants that an event tells, on both clocks of the boot in which it was decided.</summary>
public sealed record EventInstants(string BootId, ObservedAt At, ObservedAt Earliest, ObservedAt Latest, ObservedAt DecidedAt, ObservedAt? EnteredAt);

/// <summary>A stored event that was dated by a clock that nobody vouched for, kept until the time is known, even after it was confirmed.</summary>
/// <param name="Position">Its place.</param>
/// <param name="Topic">Where it is published.</param>
/// <param name="Payload">The CloudEvent as it was stored.</param>
/// <param name="Instants">What it tells.</param>
public sealed record UnsettledEvent(EventPosition Position, string Topic, ReadOnlyMemory<byte> Payload, EventInstants Instants);

/// <summary>An event dated anew.</summary>
/// <param name="Position">Of the event.</param>
/// <param name="InPlace">The event itself with its right times, for as long as nobody has seen it; null when it cannot be replaced.</param>
/// <param name="Correction">The event that follows it where somebody has; null when nothing that was said is wrong.</param>
public sealed record Redating(EventPosition Position, PendingEvent? InPlace, PendingEvent? Correction);

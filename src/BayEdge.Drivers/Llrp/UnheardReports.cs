using BayEdge.Core.Timing;
using BayEdge.Drivers.Llrp.Protocol;

namespace BayEdge.Drivers.Llrp;

/// <summary>What came over a connection that ended before anybody listened; the reader keeps it no more.</summary>
/// <param name="Greeting">It tells the time of the reader, by which the reports are dated.</param>
/// <param name="Greeted">When that came.</param>
internal sealed record UnheardReports(ReaderEventNotificationData Greeting, ObservedAt Greeted, EarlyReports Reports);

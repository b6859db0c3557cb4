using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.State;

namespace BayEdge.Central.Listening;

/// <summary>How a line of output looks.</summary>
internal interface IListenFormat
{
    string Event(ReceivedEvent received);

    /// <summary>A visit that has both ends.</summary>
    string Visit(Visit visit);

    /// <summary>A site became busy, or is no longer.</summary>
    string Utilisation(SiteUtilisation change);

    string Summary(ListenSummary summary);
}

/// <param name="Events">New in this session.</param>
/// <param name="Duplicates">Dropped in this session.</param>
/// <param name="Gaps">In the ledger at the end.</param>
/// <param name="Missing">Events in those gaps.</param>
/// <param name="Malformed">Messages of this session that nothing could be made of.</param>
/// <param name="Visits">Finished or corrected in this session.</param>
internal sealed record ListenSummary(long Events, long Duplicates, long Gaps, long Missing, long Malformed, long Visits);

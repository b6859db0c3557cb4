using System.Text.Json;
using BayEdge.Contracts.Events;
using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;
using BayEdge.Core.Delivery;
using BayEdge.Core.Timing;
using BayEdge.Storage.Journal;

namespace BayEdge.Service.Hosting;

/// <summary>Brings the bays back as they stood when the service last wrote them down.</summary>
internal static partial class TrackerStart
{
    public static TrackerState Restore(EdgeConfiguration configuration, SqliteJournal journal, string bootId, TimeProvider time, ILogger logger)
    {
        var fresh = TrackerState.Start(new BayLayout(configuration), configuration.Vehicles, time.Observe()).WithSourcesDown();
        if (journal.ReadSnapshot() is not { } snapshot)
            return fresh;
        try
        {
            return TrackerSnapshot.Restore(fresh, snapshot.Span, bootId);
        }
        catch (JsonException exception)
        {
            Log.SnapshotUnreadable(logger, exception);
            return fresh;
        }
    }

    /// <summary>When the journal had to begin a new epoch, says so to the central system before anything else.</summary>
    public static void DeclareGap(SqliteJournal journal, EventComposer composer, TrackerState state, string bootId, ILogger logger)
    {
        if (journal.Recovery is not { } recovery)
            return;

        Log.NewEpoch(logger, journal.Epoch, recovery.Reason, recovery.MovedTo ?? "nowhere");
        var gap = new GapData
        {
            Reason = "journal-damaged",
            From = DateTimeOffset.UnixEpoch,
            To = recovery.RecoveredAt,
            PreviousEpoch = recovery.PreviousEpoch,
            PreviousLastSequence = recovery.PreviousLastSequence,
        };
        journal.Append([composer.Compose(gap, recovery.RecoveredAt)], TrackerSnapshot.Write(state, bootId));
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1201, Level = LogLevel.Error, Message = "The saved state of the bays cannot be read; they start empty")]
        public static partial void SnapshotUnreadable(ILogger logger, Exception exception);

        [LoggerMessage(EventId = 1202, Level = LogLevel.Error, Message = "The journal begins epoch {Epoch}: {Reason} Its files were moved to {MovedTo}")]
        public static partial void NewEpoch(ILogger logger, int epoch, string reason, string movedTo);
    }
}

using System.Text.Json;
using BayEdge.Contracts;
using BayEdge.Contracts.Events;
using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;
using BayEdge.Core.Delivery;
using BayEdge.Core.Recording;
using BayEdge.Core.Timing;
using BayEdge.Service.Bays;
using BayEdge.Service.Recording;
using BayEdge.Service.Timing;
using BayEdge.Storage.Journal;

namespace BayEdge.Service.Hosting;

/// <summary>Brings the bays back as they stood when the service last wrote them down.</summary>
internal static partial class TrackerStart
{
    // As far back as the journal is searched for the newest event that it still has.
    private const int LookBack = 1000;

    /// <summary>The state to begin with; what the central system must hear of it is journalled before anything else.</summary>
    /// <param name="recorder">Is told what the tracker begins with; null when nothing is recorded.</param>
    /// <exception cref="StorageFaultException">There is something to say, and the disk does not take it.</exception>
    public static TrackerState Begin(
        EdgeConfiguration configuration, SqliteJournal journal, EventComposer composer, IRetainedPublisher retained, DeviceClock clock, ObservedAt now, ILogger logger,
        FlightRecorder? recorder = null)
    {
        var fresh = TrackerState.Start(configuration, now).WithSourcesDown();
        var isLost = !TryRestore(fresh, journal, clock, recorder, logger, out var restored);
        var state = restored?.State ?? fresh;
        var events = new List<PendingEvent>();
        if (GapOf(journal, isLost, restored?.SavedAt, now.Wall, logger) is { } gap)
            events.Add(composer.Compose(gap, gap.To));
        events.AddRange((restored?.Transitions ?? []).Select(left => composer.Compose(left, clock.Ledger)));
        if (events.Count > 0)
        {
            // Once these are stored, the journal no longer knows that others were not.
            if (StorageGap.Of(journal, now.Wall) is { } refused)
                events.Insert(0, composer.Compose(refused, refused.To));
            journal.Append(events, DeviceSnapshot.Write(state, clock.Ledger));
        }

        // An empty retained message takes the topic away: mqtt-v5.0 section 3.3.1.3.
        foreach (var bay in restored?.Removed ?? [])
            retained.Set(Topics.BayState(configuration.Site, configuration.Device, bay), default);
        return state;
    }

    /// <returns>False when there was something to restore and it is lost.</returns>
    private static bool TryRestore(TrackerState fresh, SqliteJournal journal, DeviceClock clock, FlightRecorder? recorder, ILogger logger, out RestoredBays? restored)
    {
        restored = null;
        try
        {
            var snapshot = journal.ReadSnapshot() is { } written ? DeviceSnapshot.Read(written) : (DeviceSnapshot?)null;
            clock.Resume(snapshot?.Clock);
            if (snapshot is { } saved)
                restored = TrackerSnapshot.Restore(fresh, saved.Bays.Span, clock.BootId);
            recorder?.Begin(RecordedState.AtStart(fresh, clock.BootId, snapshot?.Bays));
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            Log.SnapshotUnreadable(logger, exception);
            recorder?.Begin(RecordedState.AtStart(fresh, clock.BootId, restored: null));
            return false;
        }
    }

    private static GapData? GapOf(SqliteJournal journal, bool baysAreLost, DateTimeOffset? savedAt, DateTimeOffset now, ILogger logger)
    {
        if (journal.Recovery is { } recovery)
        {
            Log.NewEpoch(logger, journal.Epoch, recovery.Reason, recovery.MovedTo ?? "nowhere");
            var last = new EventPosition(recovery.PreviousEpoch ?? 0, recovery.PreviousLastSequence ?? 0);
            return new GapData
            {
                Reason = "journal-damaged",
                From = LastKnown(journal, last, savedAt, recovery.RecoveredAt),
                To = recovery.RecoveredAt,
                PreviousEpoch = recovery.PreviousEpoch,
                PreviousLastSequence = recovery.PreviousLastSequence,
            };
        }

        var newest = new EventPosition(journal.Epoch, journal.LastSequence);
        return baysAreLost ? new GapData { Reason = "bays-lost", From = LastKnown(journal, newest, null, now), To = now } : null;
    }

    // The snapshot and the newest event that was not yet confirmed are all that is left from before.
    private static DateTimeOffset LastKnown(SqliteJournal journal, EventPosition last, DateTimeOffset? savedAt, DateTimeOffset to)
    {
        var recordedAt = journal.Read(last with { Sequence = Math.Max(0, last.Sequence - LookBack) }, LookBack)
            .LastOrDefault(entry => entry.Position.Epoch == last.Epoch)?.RecordedAt;
        var known = recordedAt is null || savedAt > recordedAt ? savedAt : recordedAt;
        return known < to ? known.Value : to;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1201, Level = LogLevel.Error, Message = "The saved state of the bays cannot be read; they start empty")]
        public static partial void SnapshotUnreadable(ILogger logger, Exception exception);

        [LoggerMessage(EventId = 1202, Level = LogLevel.Error, Message = "The journal begins epoch {Epoch}: {Reason} Its files were moved to {MovedTo}")]
        public static partial void NewEpoch(ILogger logger, int epoch, string reason, string movedTo);
    }
}

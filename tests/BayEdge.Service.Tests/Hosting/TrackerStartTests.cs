using System.Text.Json;
using BayEdge.Contracts;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.Json;
using BayEdge.Core.Bays;
using BayEdge.Core.Delivery;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Service.Hosting;
using BayEdge.Service.Tests.Timing;
using BayEdge.Storage.Journal;
using BayEdge.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace BayEdge.Service.Tests.Hosting;

public sealed class TrackerStartTests : IDisposable
{
    private const string Tag = "E28068940000501234567890";
    private static readonly ObservedAt Eight = new(BayScenario.Time("08:00:00"), TimeSpan.FromMinutes(1));

    private readonly TemporaryFolder _folder = new();
    private readonly RetainedStates _retained = new();

    [Fact]
    public void A_first_start_has_nothing_to_say()
    {
        using var journal = Open();

        Begin(journal, "bay-01", Eight);

        Assert.Empty(journal.Read(default, 10));
    }

    [Fact]
    public void A_bay_that_was_taken_out_of_the_configuration_ends_its_visit_and_its_retained_state()
    {
        using var journal = Open();
        SaveVisit(journal);

        Begin(journal, "bay-02", Eight + TimeSpan.FromHours(1));

        var entry = Assert.Single(journal.Read(default, 10));
        var left = JsonSerializer.Deserialize(entry.Payload.Span, ContractsJson.Wire.CloudEventVisitData)!;
        Assert.Equal((EventTypes.VehicleLeft, "bay-01", BayScenario.Time("08:00:59")), (left.Type, left.Data.Bay, left.Time));
        Assert.Equal([Topics.BayState("sh-01", "pi-01", "bay-01")], _retained.Cleared);
    }

    [Fact]
    public void Bays_whose_snapshot_is_damaged_are_owned_up_to_once()
    {
        using (var journal = Open())
            SaveVisit(journal);
        Damage("UPDATE snapshot SET checksum = checksum + 1");

        using (var journal = Open())
            Begin(journal, "bay-01", Eight + TimeSpan.FromHours(1));
        using var again = Open();
        Begin(again, "bay-01", Eight + TimeSpan.FromHours(2));

        var gap = JsonSerializer.Deserialize(Assert.Single(again.Read(default, 10)).Payload.Span, ContractsJson.Wire.CloudEventGapData)!.Data;
        Assert.Equal(("bays-lost", BayScenario.Time("09:00:00"), BayScenario.Time("09:00:00")), (gap.Reason, gap.From, gap.To));
    }

    [Fact]
    public void What_a_full_disk_never_took_is_owned_up_to_before_whatever_else_the_start_has_to_tell()
    {
        using (var journal = Open())
        {
            SaveVisit(journal);
            journal.NoteRefused(BayScenario.Time("08:30:00"));
        }

        using var again = Open();
        Begin(again, "bay-02", Eight + TimeSpan.FromHours(1));

        var told = again.Read(default, 10);
        var gap = JsonSerializer.Deserialize(told[0].Payload.Span, ContractsJson.Wire.CloudEventGapData)!.Data;
        Assert.Equal(("storage-full", BayScenario.Time("08:30:00"), BayScenario.Time("09:00:00")), (gap.Reason, gap.From, gap.To));
        Assert.Equal(2, told.Count);
        Assert.Null(again.RefusedSince);
    }

    [Fact]
    public void The_gap_of_a_damaged_journal_begins_with_the_newest_event_that_was_saved_from_it()
    {
        using (var journal = Open())
        {
            var composer = new EventComposer("sh-01", "pi-01");
            var notice = new GapData { Reason = "bays-lost", From = Eight.Wall, To = Eight.Wall };
            journal.Append([composer.Compose(notice, Eight.Wall), composer.Compose(notice, BayScenario.Time("08:30:00"))], "{}"u8.ToArray());
        }

        Damage("UPDATE snapshot SET last_sequence = 0");
        using var recovered = Open();

        Begin(recovered, "bay-01", Eight);

        var gap = JsonSerializer.Deserialize(recovered.Read(default, 10)[^1].Payload.Span, ContractsJson.Wire.CloudEventGapData)!.Data;
        Assert.Equal(("journal-damaged", BayScenario.Time("08:30:00")), (gap.Reason, gap.From));
    }

    public void Dispose() => _folder.Dispose();

    private SqliteJournal Open() => SqliteJournal.Open(new JournalOptions { Folder = _folder.Path }, TimeProvider.System);

    private void Begin(SqliteJournal journal, string bay, ObservedAt now) => TrackerStart.Begin(
        Configuration(bay), journal, new EventComposer("sh-01", "pi-01"), _retained, Clocks.SyncedAt(Eight), now, NullLogger.Instance);

    private static void SaveVisit(SqliteJournal journal)
    {
        var state = TrackerState.Start(new BayLayout(Configuration("bay-01")), [], Eight);
        for (var second = 0; second < 60; second++)
            state = BayTracker.Step(state, new SightingInput(new TagSighting(Eight + TimeSpan.FromSeconds(second), "reader-1", 1, Tag, -55, 1))).State;
        journal.Append([], TrackerSnapshot.Write(state, Clocks.BootId));
    }

    private void Damage(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.Path, "journal.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements stand in this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static Core.Configuration.EdgeConfiguration Configuration(string bay) => TestConfiguration.Read($$"""
        {
          "site": "sh-01", "device": "pi-01", "language": "en",
          "bays": [{ "id": "{{bay}}", "name": "1" }],
          "readers": [{ "id": "reader-1", "driver": "llrp", "address": "192.0.2.5", "antennas": [{ "port": 1, "bay": "{{bay}}" }] }]
        }
        """);

    private sealed class RetainedStates : IRetainedPublisher
    {
        public List<string> Cleared { get; } = [];

        public void Set(string topic, ReadOnlyMemory<byte> payload)
        {
            if (payload.IsEmpty)
                Cleared.Add(topic);
        }
    }
}

using System.Text;

namespace BayEdge.Storage.Tests.Journal;

public sealed class SqliteJournalTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Events_get_contiguous_numbers_and_are_read_as_they_were_composed()
    {
        using var journal = _folder.Open();

        var first = journal.Append([JournalFolder.Event("a"), JournalFolder.Event("b")], "s1"u8.ToArray());
        var second = journal.Append([JournalFolder.Event("c")], "s2"u8.ToArray());

        Assert.Equal(JournalFolder.Positions(1, 1, 2), first);
        Assert.Equal(JournalFolder.Positions(1, 3, 3), second);
        var entries = JournalFolder.All(journal);
        Assert.Equal(JournalFolder.Positions(1, 1, 3), entries.Select(entry => entry.Position));
        Assert.Equal(
            ["1-0000000000000001 a", "1-0000000000000002 b", "1-0000000000000003 c"],
            entries.Select(entry => Encoding.UTF8.GetString(entry.Payload.Span)));
        Assert.Equal("bayedge/v1/sh-01/pi-01/bays/bay-01/events", entries[0].Topic);
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero), entries[0].RecordedAt);
        Assert.Equal("s2"u8.ToArray(), journal.ReadSnapshot()!.Value.ToArray());
    }
}

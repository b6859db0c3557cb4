using BayEdge.Core.Bays;
using FsCheck.Xunit;

namespace BayEdge.Core.Tests.Bays;

public sealed class TagTableTests
{
    [Property]
    public void It_holds_what_a_dictionary_would_and_what_it_held_before_stays_as_it_was((byte Tag, bool Remove)[] changes)
    {
        var (table, expected) = (TagTable.Empty, new Dictionary<string, HeardTag>());
        foreach (var (number, remove) in changes)
        {
            var (tag, before, known) = ($"E280{number:X4}", table, new Dictionary<string, HeardTag>(expected));
            var heard = HeardTag.Unheard with { VisitIn = $"bay-{changes.Length}" };
            table = remove ? table.Without(tag) : table.With(tag, heard);
            if (remove)
                expected.Remove(tag);
            else
                expected[tag] = heard;

            AssertHolds(known, before);
            AssertHolds(expected, table);
        }
    }

    private static void AssertHolds(Dictionary<string, HeardTag> expected, TagTable table)
    {
        Assert.Equal(expected.OrderBy(entry => entry.Key, StringComparer.Ordinal), table.OrderBy(entry => entry.Key, StringComparer.Ordinal));
        for (var number = 0; number <= byte.MaxValue; number++)
            Assert.Same(expected.GetValueOrDefault($"E280{number:X4}"), table.Find($"E280{number:X4}"));
    }
}

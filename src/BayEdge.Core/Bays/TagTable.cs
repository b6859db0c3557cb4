using System.Collections;

namespace BayEdge.Core.Bays;

/// <summary>Where tags are heard, by tag; a value.</summary>
/// <remarks>
/// A tree of fixed depth: with each sighting one tag changes, and then only the way to it is made anew, which is a third of what the
/// balanced tree of the library costs.
/// </remarks>
internal sealed class TagTable : IEnumerable<KeyValuePair<string, HeardTag>>
{
    private const int Bits = 4;
    private const int Width = 1 << Bits;
    private const int HashedDigits = 8;

    private static readonly KeyValuePair<string, HeardTag>[][] NoSlots = Filled(Array.Empty<KeyValuePair<string, HeardTag>>());

    private readonly KeyValuePair<string, HeardTag>[][][] _branches;

    private TagTable(KeyValuePair<string, HeardTag>[][][] branches) => _branches = branches;

    public static TagTable Empty { get; } = new(Filled(NoSlots));

    public static TagTable Of(IEnumerable<KeyValuePair<string, HeardTag>> tags) => tags.Aggregate(Empty, (table, tag) => table.With(tag.Key, tag.Value));

    public HeardTag? Find(string tag)
    {
        var hash = HashOf(tag);
        foreach (var (known, heard) in _branches[BranchOf(hash)][SlotOf(hash)])
        {
            if (known == tag)
                return heard;
        }

        return null;
    }

    public TagTable With(string tag, HeardTag heard)
    {
        var hash = HashOf(tag);
        var slot = _branches[BranchOf(hash)][SlotOf(hash)];
        var index = IndexIn(slot, tag);
        var changed = new KeyValuePair<string, HeardTag>[index < 0 ? slot.Length + 1 : slot.Length];
        slot.CopyTo(changed, 0);
        changed[index < 0 ? slot.Length : index] = new KeyValuePair<string, HeardTag>(tag, heard);
        return With(hash, changed);
    }

    public TagTable Without(string tag)
    {
        var hash = HashOf(tag);
        var slot = _branches[BranchOf(hash)][SlotOf(hash)];
        return IndexIn(slot, tag) < 0 ? this : With(hash, [.. slot.Where(entry => entry.Key != tag)]);
    }

    public IEnumerator<KeyValuePair<string, HeardTag>> GetEnumerator()
    {
        foreach (var branch in _branches)
        {
            foreach (var slot in branch)
            {
                foreach (var entry in slot)
                    yield return entry;
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private TagTable With(int hash, KeyValuePair<string, HeardTag>[] slot)
    {
        var branches = _branches.AsSpan().ToArray();
        var branch = branches[BranchOf(hash)].AsSpan().ToArray();
        branch[SlotOf(hash)] = slot;
        branches[BranchOf(hash)] = branch;
        return new TagTable(branches);
    }

    private static int IndexIn(KeyValuePair<string, HeardTag>[] slot, string tag)
    {
        for (var index = 0; index < slot.Length; index++)
        {
            if (slot[index].Key == tag)
                return index;
        }

        return -1;
    }

    // Tags of one make differ in their last digits, so these are enough.
    private static int HashOf(string tag)
    {
        var hash = tag.Length;
        for (var index = Math.Max(0, tag.Length - HashedDigits); index < tag.Length; index++)
            hash = (hash * 31) + tag[index];
        return hash ^ (hash >> (2 * Bits));
    }

    private static int BranchOf(int hash) => hash & (Width - 1);

    private static int SlotOf(int hash) => (hash >> Bits) & (Width - 1);

    private static T[] Filled<T>(T value)
    {
        var row = new T[Width];
        Array.Fill(row, value);
        return row;
    }
}

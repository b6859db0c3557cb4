namespace BayEdge.Core.Bays;

/// <summary>The bays of a device by their ids, in ordinal order; a value. They are few, and one of them changes with almost every sighting.</summary>
internal sealed class BayTable
{
    private readonly BayState[] _bays;

    private BayTable(BayState[] bays) => _bays = bays;

    public static BayTable Empty { get; } = new([]);

    public static BayTable Of(IEnumerable<BayState> bays) => new([.. bays.OrderBy(bay => bay.Bay, StringComparer.Ordinal)]);

    public IReadOnlyList<BayState> Values => _bays;

    /// <exception cref="KeyNotFoundException">There is none of this id.</exception>
    public BayState this[string id] => Find(id) ?? throw new KeyNotFoundException($"There is no bay '{id}'.");

    public BayState? Find(string id)
    {
        var index = IndexOf(id);
        return index < 0 ? null : _bays[index];
    }

    public bool Contains(string id) => Find(id) is not null;

    /// <exception cref="KeyNotFoundException">There is none of its id.</exception>
    public BayTable With(BayState bay)
    {
        var index = IndexOf(bay.Bay);
        if (index < 0)
            throw new KeyNotFoundException($"There is no bay '{bay.Bay}'.");
        var bays = _bays.AsSpan().ToArray();
        bays[index] = bay;
        return new BayTable(bays);
    }

    private int IndexOf(string id)
    {
        for (var index = 0; index < _bays.Length; index++)
        {
            if (_bays[index].Bay == id)
                return index;
        }

        return -1;
    }

    public ReadOnlySpan<BayState>.Enumerator GetEnumerator() => new ReadOnlySpan<BayState>(_bays).GetEnumerator();
}

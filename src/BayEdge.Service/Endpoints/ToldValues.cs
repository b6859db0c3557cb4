namespace BayEdge.Service.Endpoints;

/// <summary>What was told last of each thing, and with which version.</summary>
/// <param name="isNews">Whether what is known now, the second, is to be told after what was told before.</param>
internal sealed class ToldValues<TKey, TValue>(Func<TValue, TValue, bool> isNews)
    where TKey : notnull
{
    private Dictionary<TKey, (TValue Value, long Version)> _told = [];

    /// <summary>Takes the place of everything before; what is missing is forgotten.</summary>
    /// <returns>Whether any of it is news.</returns>
    public bool Set(IEnumerable<(TKey Key, TValue Value)> present, long version)
    {
        Dictionary<TKey, (TValue, long)> told = new(_told.Count);
        var any = false;
        foreach (var (key, value) in present)
        {
            var isKnown = _told.TryGetValue(key, out var known) && !isNews(known.Value, value);
            told[key] = isKnown ? known : (value, version);
            any |= !isKnown;
        }

        _told = told;
        return any;
    }

    /// <returns>Null where there is nothing.</returns>
    public IReadOnlyList<TValue>? Since(long version)
    {
        List<TValue> news = [.. _told.Values.Where(one => one.Version > version).Select(one => one.Value)];
        return news.Count > 0 ? news : null;
    }
}

namespace BayEdge.Core.Identity;

/// <summary>How many characters must be changed, added or removed to turn one text into the other (Levenshtein 1966).</summary>
public static class EditDistance
{
    public static int Between(string a, string b)
    {
        var former = Enumerable.Range(0, b.Length + 1).ToArray();
        var current = new int[b.Length + 1];
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var changed = former[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(changed, Math.Min(former[j], current[j - 1]) + 1);
            }

            (former, current) = (current, former);
        }

        return former[b.Length];
    }
}

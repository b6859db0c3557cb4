namespace BayEdge.Core.Identity;

/// <summary>Whether two texts may be readings of one plate.</summary>
internal static class SamePlate
{
    // A reader errs in one or two characters; plates of a workshop's vehicles differ in more, or in unlike ones.
    private const int MostDifferences = 2;

    public static bool MayBe(string a, string b)
    {
        if (a == b)
            return true;
        if (a.Length != b.Length)
            return Math.Max(a.Length, b.Length) > MostDifferences * 2 && EditDistance.Between(a, b) <= MostDifferences;
        var (differences, unlike) = (0, 0);
        for (var place = 0; place < a.Length; place++)
        {
            if (a[place] == b[place])
                continue;
            differences++;
            unlike += LookAlikes.Are(a[place], b[place]) ? 0 : 1;
        }

        return unlike <= 1 && differences <= MostDifferences && differences * 2 < a.Length;
    }
}

namespace BayEdge.Simulator.Scenarios;

/// <summary>Takes characters of a plate for others that look like them.</summary>
/// <remarks>The pairs are those that plate readers are known to confuse; how often each happens is assumed equal.</remarks>
internal static class Misreading
{
    private static readonly Dictionary<char, string> Alike = new()
    {
        ['0'] = "DOQ8", ['1'] = "7TL", ['2'] = "Z7", ['3'] = "8B", ['4'] = "A", ['5'] = "S6", ['6'] = "G5", ['7'] = "1TZ", ['8'] = "B30", ['9'] = "P8",
        ['A'] = "4", ['B'] = "8R3", ['C'] = "G", ['D'] = "0OQ", ['E'] = "F", ['F'] = "EP", ['G'] = "6C", ['H'] = "N", ['K'] = "X", ['L'] = "1",
        ['M'] = "NW", ['N'] = "MH", ['O'] = "0DQ", ['P'] = "9F", ['Q'] = "0OD", ['S'] = "5", ['T'] = "17", ['U'] = "V", ['V'] = "UY", ['W'] = "M",
        ['X'] = "K", ['Y'] = "V", ['Z'] = "2",
        ['沪'] = "浙津", ['浙'] = "沪湘", ['津'] = "沪", ['苏'] = "黑", ['黑'] = "苏", ['鲁'] = "粤", ['粤'] = "鲁", ['京'] = "晋", ['晋'] = "京",
        ['川'] = "皖", ['皖'] = "川", ['湘'] = "浙", ['鄂'] = "鲁", ['冀'] = "豫", ['豫'] = "冀",
    };

    /// <param name="share">Chance of each character to be misread.</param>
    public static string Of(string plate, double share, Draws draws)
    {
        char[]? read = null;
        for (var place = 0; place < plate.Length; place++)
        {
            if (draws.Happens(share))
                (read ??= plate.ToCharArray())[place] = Other(plate[place], draws);
        }

        return read is null ? plate : new string(read);
    }

    /// <summary>The plate with that character misread.</summary>
    public static string At(string plate, int place, Draws draws)
    {
        var read = plate.ToCharArray();
        read[place] = Other(plate[place], draws);
        return new string(read);
    }

    // A province without a look-alike is taken for a frequent one.
    private static char Other(char character, Draws draws) =>
        Alike.TryGetValue(character, out var alike) ? alike[draws.Below(alike.Length)] : char.IsAscii(character) ? '8' : '苏';
}

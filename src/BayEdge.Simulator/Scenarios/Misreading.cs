namespace BayEdge.Simulator.Scenarios;

/// <summary>Takes characters of a plate for others that look like them.</summary>
/// <remarks>The pairs are those that plate readers are known to confuse; how often each happens is assumed equal.</remarks>
internal static class Misreading
{
    private static readonly Dictionary<char, string> Alike = new()
    {
        ['0'] = "DOQ8", ['D'] = "0OQ", ['O'] = "0DQ", ['Q'] = "0OD", ['8'] = "B30", ['B'] = "8R3", ['3'] = "8B", ['5'] = "S6", ['S'] = "5",
        ['2'] = "Z7", ['Z'] = "2", ['1'] = "7TL", ['7'] = "1TZ", ['T'] = "17", ['L'] = "1", ['6'] = "G5", ['G'] = "6C", ['C'] = "G", ['4'] = "A",
        ['A'] = "4", ['9'] = "P8", ['P'] = "9F", ['E'] = "F", ['F'] = "EP", ['U'] = "V", ['V'] = "UY", ['Y'] = "V", ['M'] = "NW", ['N'] = "MH",
        ['H'] = "N", ['W'] = "M", ['K'] = "X", ['X'] = "K", ['沪'] = "浙津", ['浙'] = "沪湘", ['津'] = "沪", ['苏'] = "黑", ['黑'] = "苏", ['鲁'] = "粤",
        ['粤'] = "鲁", ['京'] = "晋", ['晋'] = "京", ['川'] = "皖", ['皖'] = "川", ['湘'] = "浙", ['鄂'] = "鲁", ['冀'] = "豫", ['豫'] = "冀",
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

    private static char Other(char character, Draws draws) => Alike.TryGetValue(character, out var alike) ? alike[draws.Below(alike.Length)] : '8';
}

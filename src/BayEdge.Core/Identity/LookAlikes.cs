namespace BayEdge.Core.Identity;

/// <summary>Characters that plate readers take for each other.</summary>
internal static class LookAlikes
{
    private static readonly string[] Groups =
    [
        "0DOQ", "8B3", "1ILT7", "2Z7", "5S", "56", "6G", "CG", "4A", "9P", "EF", "FP", "HNM", "MW", "KX", "UV", "VY", "8R", "08",
        "沪浙津湘", "苏黑", "鲁粤鄂", "京晋", "川皖", "冀豫", "赣贵", "陕浙",
    ];

    public static bool Are(char a, char b) => Groups.Any(group => group.Contains(a) && group.Contains(b));
}

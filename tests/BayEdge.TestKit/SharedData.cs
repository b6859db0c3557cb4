using Xunit;

namespace BayEdge.TestKit;

/// <summary>Real pictures, videos and frames that stand outside the repository.</summary>
public static class SharedData
{
    private static string Root { get; } =
        Environment.GetEnvironmentVariable("BAYEDGE_DATA") ?? Path.GetFullPath(Repository.PathOf("..", "shared", "data"));

    /// <summary>The path of a file or folder; skips the test where the data are absent.</summary>
    public static string Require(params string[] parts)
    {
        var path = Path.Combine([Root, .. parts]);
        Assert.SkipUnless(Path.Exists(path), $"No data at {path}; set BAYEDGE_DATA to the folder that holds them.");
        return path;
    }
}

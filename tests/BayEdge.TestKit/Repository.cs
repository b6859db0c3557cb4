namespace BayEdge.TestKit;

/// <summary>Finds the files of the working tree from a test's output folder.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "BayEdge.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"BayEdge.sln stands in no folder above {AppContext.BaseDirectory}.");
    }
}

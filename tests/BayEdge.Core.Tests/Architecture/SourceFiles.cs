using BayEdge.TestKit;

namespace BayEdge.Core.Tests.Architecture;

/// <summary>The files of the working tree that people write.</summary>
internal static class SourceFiles
{
    private static readonly string[] MadeByTools = ["bin", "obj", "node_modules"];

    /// <returns>Paths relative to the repository, with forward slashes.</returns>
    public static IEnumerable<string> Under(string folder, params string[] extensions) => Walk(new DirectoryInfo(Repository.PathOf(folder)))
        .Where(file => extensions.Contains(file.Extension))
        .Select(file => Path.GetRelativePath(Repository.Root, file.FullName).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    public static string[] Lines(string path) => File.ReadAllLines(Repository.PathOf(path));

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) => folder.EnumerateFiles()
        .Concat(folder.EnumerateDirectories().Where(child => !MadeByTools.Contains(child.Name)).SelectMany(Walk));
}

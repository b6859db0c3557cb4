using BayEdge.TestKit;

namespace BayEdge.EndToEnd.Tests.Running;

/// <summary>The program <c>bayedge</c> as the build left it.</summary>
internal static class Executable
{
    // Tests and program are built with the same configuration: bin/{configuration}/net10.0.
    private static readonly string Configuration = Directory.GetParent(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar))!.Name;

    public static string Folder { get; } = Repository.PathOf("src", "BayEdge.Service", "bin", Configuration, "net10.0");

    private static string Program { get; } = Path.Combine(Folder, "bayedge");

    public static ToolProcess Start(params string[] arguments) => ToolProcess.Start(Program, arguments);

    public static Task<(int ExitCode, string Output)> RunAsync(params string[] arguments) =>
        ToolProcess.RunAsync(Program, arguments, TestContext.Current.CancellationToken);
}

using Xunit;

namespace BayEdge.TestKit;

/// <summary>Packages of npm that judge from outside.</summary>
public static class NpmPackage
{
    /// <summary>Installs a package into a folder; fails the test where npm cannot.</summary>
    /// <param name="package">With its version, such as <c>epc-tds@1.4.1</c>.</param>
    public static async Task InstallAsync(string folder, string package, CancellationToken cancellationToken)
    {
        var (exitCode, output) = await ToolProcess.RunAsync(
            "npm", ["install", package, "--prefix", folder, "--no-audit", "--no-fund"], cancellationToken);
        Assert.True(exitCode == 0, $"npm cannot install {package}, which this test compares with:\n{output}");
    }
}

using System.Text.Json;
using BayEdge.EndToEnd.Tests.Running;
using BayEdge.TestKit;

namespace BayEdge.EndToEnd.Tests.Commands;

public sealed class PlatesCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact(Timeout = 120_000)]
    public async Task A_street_scene_gives_its_plate_as_JSON_with_four_corners()
    {
        var (scene, plate) = Labelled("br-scenes");

        var (exitCode, output) = await Executable.RunAsync("plates", "--region", "br", "--json", scene);

        Assert.Equal(0, exitCode);
        var line = JsonDocument.Parse(Assert.Single(Lines(output))).RootElement;
        Assert.Equal(scene, line.GetProperty("file").GetString());
        Assert.True(line.GetProperty("ms").GetDouble() > 0);
        var best = line.GetProperty("plates")[0];
        Assert.Equal(plate, best.GetProperty("text").GetString());
        Assert.InRange(best.GetProperty("confidence").GetDouble(), 0, 1);
        Assert.Equal(4, best.GetProperty("quad").GetArrayLength());
    }

    [Fact(Timeout = 120_000)]
    public async Task A_picture_that_cannot_be_read_is_named_and_the_others_are_read()
    {
        var (crop, plate) = Labelled("cn-crops");
        var broken = _folder.File("broken.jpg");
        await File.WriteAllTextAsync(broken, "no picture", TestContext.Current.CancellationToken);

        var (exitCode, output) = await Executable.RunAsync("plates", "--crops", broken, crop);

        Assert.Equal(1, exitCode);
        Assert.Contains($"{broken} is not a picture that can be read", output, StringComparison.Ordinal);
        Assert.Contains($"{crop}: {plate} (", output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task Without_the_networks_it_says_which_file_is_missing()
    {
        var program = _folder.File("bayedge");
        CopyWithoutWeights(Executable.Folder, program);

        var (exitCode, output) = await ToolProcess.RunAsync(
            Path.Combine(program, "bayedge"), ["plates", _folder.File("car.jpg")], TestContext.Current.CancellationToken);

        Assert.Equal(1, exitCode);
        Assert.Contains(Path.Combine(program, "weights"), output, StringComparison.Ordinal);
        Assert.Contains("is missing", output, StringComparison.Ordinal);
        Assert.Single(Lines(output));
    }

    public void Dispose() => _folder.Dispose();

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The first labelled picture of a folder of the shared data.</summary>
    private static (string Path, string Plate) Labelled(string folder)
    {
        var labels = File.ReadLines(SharedData.Require("plates", folder, "labels.csv")).Take(2).Select(line => line.Split(',')).ToArray();
        return (SharedData.Require("plates", folder, labels[1][Array.IndexOf(labels[0], "file")]), labels[1][Array.IndexOf(labels[0], "plate")]);
    }

    /// <summary>Folders are linked, as the native libraries are large.</summary>
    private static void CopyWithoutWeights(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.EnumerateDirectories(from).Where(folder => Path.GetFileName(folder) != "weights"))
            Directory.CreateSymbolicLink(Path.Combine(to, Path.GetFileName(folder)), folder);
    }
}

using System.Globalization;
using BayEdge.TestKit;

namespace BayEdge.PowerCut;

/// <summary>A mounted ext4 file system on a disk with a volatile write cache (<c>tests/powercut</c>).</summary>
internal sealed class VolatileDisk : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(20);

    private readonly ToolProcess _program;
    private readonly string _device;
    private readonly string _cuts;

    private VolatileDisk(ToolProcess program, string device, string folder, string cuts) =>
        (_program, _device, Folder, _cuts) = (program, device, folder, cuts);

    /// <summary>The root of the file system.</summary>
    public string Folder { get; }

    /// <param name="program">What <c>tests/powercut/build.sh</c> makes.</param>
    /// <param name="image">What is on the disk; it is not changed.</param>
    /// <param name="witness">The log whose length is noted at each cut.</param>
    /// <param name="workFolder">An empty or used folder for mount points and images.</param>
    /// <param name="lying">Whether the disk only pretends to flush.</param>
    public static async Task<VolatileDisk> StartAsync(string program, string image, string witness, string workFolder, bool lying = false)
    {
        var device = Directory.CreateDirectory(Path.Combine(workFolder, "device")).FullName;
        var folder = Directory.CreateDirectory(Path.Combine(workFolder, "disk")).FullName;
        var cuts = Directory.CreateDirectory(Path.Combine(workFolder, "cuts")).FullName;
        var running = ToolProcess.Start(program, [image, witness, cuts, device, .. lying ? ["lying"] : Array.Empty<string>()]);
        var disk = new VolatileDisk(running, device, folder, cuts);
        if (!await disk.TryWaitAsync(() => File.Exists(Path.Combine(device, "image")), LongestStart))
            throw new InvalidOperationException($"The disk did not start. {running.Output}");
        await Tool.RunAsync("mount", "-t", "ext4", "-o", "loop", Path.Combine(device, "image"), folder);
        return disk;
    }

    /// <summary>Cuts the power at a coming request of the disk; the disk itself carries on.</summary>
    public void CutAfter(int requests, int percent, int seed)
    {
        using var file = new FileStream(Path.Combine(_device, "cut"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        file.Write(System.Text.Encoding.ASCII.GetBytes($"{requests} {percent} {seed}"));
    }

    /// <summary>Waits for a cut and returns its image and how long the witness was at that instant.</summary>
    /// <remarks>A disk that is asked for too little is cut when the wait is over.</remarks>
    public async Task<(string Image, long Witness)> WaitForCutAsync(int number, TimeSpan longest)
    {
        if (!await TryWaitAsync(() => ReadCounters()["cuts"] > number, longest))
            CutAfter(0, percent: 50, seed: number);
        return (Path.Combine(_cuts, $"{number}.img"), ReadCounters()["witness"]);
    }

    /// <summary>What the disk did since it was started: <c>writes</c>, <c>bytes</c>, <c>flushes</c> and others.</summary>
    public IReadOnlyDictionary<string, long> ReadCounters() => File.ReadLines(Path.Combine(_device, "counters"))
        .Select(line => line.Split(' '))
        .ToDictionary(words => words[0], words => long.Parse(words[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        foreach (var mounted in new[] { Folder, _device })
            await Tool.UnmountAsync(mounted);
        await _program.DisposeAsync();
    }

    private async Task<bool> TryWaitAsync(Func<bool> condition, TimeSpan longest)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (_program.HasExited || TimeProvider.System.GetElapsedTime(began) > longest)
                return false;
            await Task.Delay(2);
        }

        return true;
    }
}

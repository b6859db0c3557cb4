using BayEdge.TestKit;

namespace BayEdge.PowerCut;

/// <summary>Runs the system's programs for disks.</summary>
internal static class Tool
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <exception cref="InvalidOperationException">It failed; the message holds what it printed.</exception>
    public static async Task RunAsync(string program, params string[] arguments)
    {
        var (exitCode, output) = await TryRunAsync(program, arguments);
        if (exitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {exitCode}: {output}");
    }

    public static async Task<(int ExitCode, string Output)> TryRunAsync(string program, params string[] arguments)
    {
        using var limit = new CancellationTokenSource(Longest);
        return await ToolProcess.RunAsync(program, arguments, limit.Token);
    }

    /// <summary>Unmounts, by force when a program still holds on; nothing happens to what is not mounted.</summary>
    public static async Task UnmountAsync(string folder)
    {
        var (exitCode, _) = await TryRunAsync("umount", folder);
        if (exitCode != 0)
            await TryRunAsync("umount", "--lazy", folder);
    }

    /// <summary>Mounts an image under a folder for as long as an action takes.</summary>
    public static async Task WithMountedAsync(string image, string workFolder, Action<string> action)
    {
        var folder = Directory.CreateDirectory(Path.Combine(workFolder, "check")).FullName;
        await RunAsync("mount", "-t", "ext4", "-o", "loop", image, folder);
        try
        {
            action(folder);
        }
        finally
        {
            await UnmountAsync(folder);
        }
    }

    /// <summary>Makes an image with an empty ext4 file system as a memory card has it: blocks of 4 KiB.</summary>
    public static async Task MakeFileSystemAsync(string image, long bytes)
    {
        await using (var file = File.Create(image))
            file.SetLength(bytes);
        await RunAsync("mkfs.ext4", "-q", "-b", "4096", "-E", "lazy_itable_init=0,lazy_journal_init=0", image);
    }
}

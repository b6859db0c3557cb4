using System.Text;
using Xunit;

namespace BayEdge.TestKit;

/// <summary>Debian's tshark as an independent judge of LLRP frames.</summary>
public static class LlrpDissector
{
    private const int ReaderPort = 5084;

    /// <summary>Dissects frames; fails the test where tshark is absent.</summary>
    /// <param name="fields">Names of tshark's fields, such as <c>llrp.type</c>.</param>
    /// <returns>For each frame the values of the fields, several of one field joined by commas; then whether tshark found it malformed.</returns>
    public static async Task<IReadOnlyList<DissectedFrame>> DissectAsync(
        IEnumerable<byte[]> frames, CancellationToken cancellationToken, params string[] fields)
    {
        Assert.True(File.Exists("/usr/bin/tshark") && File.Exists("/usr/bin/text2pcap"), "Install tshark to check LLRP frames with it.");
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("frames.txt"), HexDump(frames), cancellationToken);
        await RunAsync("text2pcap", cancellationToken, "-q", "-T", $"40000,{ReaderPort}", folder.File("frames.txt"), folder.File("frames.pcap"));
        var printed = await RunAsync(
            "tshark", cancellationToken,
            ["-r", folder.File("frames.pcap"), "-d", $"tcp.port=={ReaderPort},llrp", "-T", "fields", "-e", "_ws.malformed", "-e", "_ws.expert.message",
                .. fields.SelectMany(field => new[] { "-e", field })]);
        return [.. printed.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line.Contains('\t', StringComparison.Ordinal))
            .Select(line => line.Split('\t'))
            .Select(values => new DissectedFrame(string.Join(' ', values[..2]).Trim(), values[2..]))];
    }

    /// <summary>In the form of <c>od -Ax -tx1</c>; each frame starts at offset 0.</summary>
    private static string HexDump(IEnumerable<byte[]> frames)
    {
        var text = new StringBuilder();
        foreach (var frame in frames)
        {
            foreach (var (index, line) in frame.Chunk(16).Index())
                text.Append($"{index * 16:x6} ").AppendJoin(' ', line.Select(octet => $"{octet:x2}")).Append('\n');
            text.Append($"{frame.Length:x6}\n");
        }

        return text.ToString();
    }

    private static async Task<string> RunAsync(string program, CancellationToken cancellationToken, params string[] arguments)
    {
        var (exitCode, output) = await ToolProcess.RunAsync(program, arguments, cancellationToken);
        return exitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {exitCode}:\n{output}");
    }
}

/// <param name="Complaint">What tshark finds wrong with the frame; empty when nothing.</param>
/// <param name="Values">In the order of the fields that were asked for.</param>
public sealed record DissectedFrame(string Complaint, IReadOnlyList<string> Values);

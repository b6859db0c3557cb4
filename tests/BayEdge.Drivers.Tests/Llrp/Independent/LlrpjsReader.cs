using System.Text.Json.Nodes;
using BayEdge.TestKit;

namespace BayEdge.Drivers.Tests.Llrp.Independent;

/// <summary>A reader that another implementation of LLRP plays, npm's llrpjs: its codec stands at the other end of the socket.</summary>
internal sealed class LlrpjsReader : IAsyncDisposable
{
    /// <summary>The type of the line that says that the client went.</summary>
    public const string HungUp = "hung up";

    private readonly TemporaryFolder _folder;
    private readonly ToolProcess _node;
    private readonly List<JsonNode> _understood = [];

    private LlrpjsReader(TemporaryFolder folder, string version) => (_folder, _node) = (folder, ToolProcess.Start("node", folder.File("reader.js"), version));

    public string Address { get; private set; } = "";

    /// <param name="version">Of LLRP, the newest that it speaks.</param>
    public static async Task<LlrpjsReader> StartAsync(CancellationToken cancellationToken, string version = "1.0.1")
    {
        var folder = new TemporaryFolder();
        await NpmPackage.InstallAsync(folder.Path, "llrpjs@1.0.1", cancellationToken);
        File.Copy(Repository.PathOf("tests", "BayEdge.Drivers.Tests", "Llrp", "Independent", "reader.js"), folder.File("reader.js"));
        var reader = new LlrpjsReader(folder, version);
        reader.Address = $"127.0.0.1:{await reader._node.WaitForLineAsync(_ => true, cancellationToken)}";
        return reader;
    }

    /// <summary>What it understood, up to and with the next message of a type.</summary>
    public async Task<IReadOnlyList<JsonNode>> UntilAsync(string type, CancellationToken cancellationToken)
    {
        await _node.WaitForLineAsync(line =>
        {
            var message = JsonNode.Parse(line)!;
            _understood.Add(message);
            return (string?)message["type"] == type;
        }, cancellationToken);
        return _understood;
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        _folder.Dispose();
    }
}

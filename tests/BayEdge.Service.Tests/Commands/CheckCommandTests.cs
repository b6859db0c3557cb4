using System.CommandLine;
using BayEdge.Core.Drivers;
using BayEdge.Service.Commands;
using BayEdge.Simulator.Readers;
using BayEdge.TestKit;

namespace BayEdge.Service.Tests.Commands;

public sealed class CheckCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact(Timeout = 60_000)]
    public async Task A_check_tells_which_tags_a_reader_hears()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), TimeProvider.System);

        var checking = CheckAsync(reader.Address);
        await reader.WaitUntilReadingAsync(TestContext.Current.CancellationToken);
        foreach (var (tag, dBm) in new[] { ("ABCD", -61.0), ("EF01", -48.0), ("ABCD", -57.0) })
            reader.Report(1, tag, dBm, 1, TimeProvider.System.GetUtcNow());
        var heard = await checking;
        var nothing = await CheckAsync(reader.Address);

        Assert.Contains("4 antenna ports.; hears 2 tags, strongest -48 dBm (EF01) on antenna 1; manufacturer ", heard, StringComparison.Ordinal);
        Assert.Contains("4 antenna ports.; hears no tag now; manufacturer ", nothing, StringComparison.Ordinal);
    }

    [Fact]
    public void Tags_are_counted_once_however_many_antennas_hear_them_and_without_strength_where_there_is_none()
    {
        Assert.Equal("hears 1 tag, strongest -52.5 dBm (E280) on antenna 2", ReaderWords.Of([new HeardTag(2, "E280", -52.5, 3), new HeardTag(1, "E280", -70, 1)]));
        Assert.Equal("hears 2 tags, such as E280 on antenna 1", ReaderWords.Of([new HeardTag(1, "E280", null, 3), new HeardTag(1, "E281", null, 1)]));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> CheckAsync(string address)
    {
        var file = _folder.File("bayedge.json");
        await File.WriteAllTextAsync(file, TestConfiguration.JsonWithReader(address, "E280"), TestContext.Current.CancellationToken);
        var (output, errors) = (new StringWriter(), new StringWriter());
        var exitCode = await CheckCommand.Create(TimeProvider.System).Parse(["--config", file])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = errors }, TestContext.Current.CancellationToken);
        Assert.Equal((0, ""), (exitCode, errors.ToString()));
        return output.ToString();
    }
}

using System.CommandLine;
using BayEdge.Service.Commands;
using BayEdge.Simulator.Readers;
using BayEdge.Simulator.Readers.Selectable;
using BayEdge.TestKit;

namespace BayEdge.Service.Tests.Commands;

public sealed class ReaderCommandTests : IDisposable
{
    private const int Limit = 60_000;

    private readonly TemporaryFolder _folder = new();

    [Fact(Timeout = Limit)]
    public async Task A_reader_tells_how_it_is_switches_an_output_and_reads_the_number_of_a_tags_chip()
    {
        Configure("192.0.2.5", simulated: true);
        var tag = VisitingTags.At("reader-1", 1, TimeSpan.Zero)!;

        var look = await RunAsync(0, "reader-1");
        var switched = await RunAsync(0, "reader-1", "--output", "3");
        var read = await RunAsync(0, "reader-1", "--tag", tag);

        Assert.Equal(
            [
                "power     30 dBm of 10 to 30",
                "region    China 920-925 MHz",
                "antennas  1 connected",
                "inputs    1 off, 2 off, 3 off, 4 off",
                "outputs   1 off, 2 off, 3 off, 4 off",
            ],
            look.Split(Environment.NewLine));
        Assert.Equal("outputs   1 off, 2 off, 3 on, 4 off", switched);
        Assert.Equal(VisitingTags.TidOf(tag), read);
    }

    [Fact(Timeout = Limit)]
    public async Task An_output_stays_as_it_was_set_until_it_is_switched_off()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), TimeProvider.System);
        Configure(reader.Address, simulated: false);

        await RunAsync(0, "reader-1", "--output", "2");
        Assert.True(reader.IsOn(2));
        await RunAsync(0, "reader-1", "--output", "2", "--off");
        Assert.False(reader.IsOn(2));
        Assert.False(reader.IsReading);
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_that_is_not_there_and_one_that_nobody_configured_are_told_apart()
    {
        var address = $"127.0.0.1:{LoopbackPorts.Free()}";
        Configure(address, simulated: false);

        Assert.Equal($"No reader answers at {address}. Check its power, the network cable and the address.", await RunAsync(1, "reader-1"));
        Assert.Equal("expected one of the readers reader-1, but found 'reader-2'", await RunAsync(1, "reader-2"));
    }

    [Fact(Timeout = Limit)]
    public async Task An_output_that_the_reader_does_not_have_is_refused_with_those_that_it_has()
    {
        Configure("192.0.2.5", simulated: true);

        Assert.EndsWith(" has the outputs 1, 2, 3, 4, but not 99.", await RunAsync(1, "reader-1", "--output", "99"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--output: expected the number of an output such as 1, but found 'one'.", "--output", "one")]
    [InlineData("--output: expected the number of an output such as 1, but found '0'.", "--output", "0")]
    [InlineData("--first: expected the number of a word such as 0, but found 'x'.", "--tag", "ABCD", "--first", "x")]
    [InlineData("--words: expected how many words, such as 6, but found 'x'.", "--tag", "ABCD", "--words", "x")]
    [InlineData("reader: expected either '--output' or '--tag'.", "--output", "1", "--tag", "ABCD")]
    [InlineData("reader: '--off' goes with '--output' only.", "--off")]
    public void Wrong_usage_is_told_in_words(string sentence, params string[] arguments) =>
        Assert.Equal([sentence], ReaderCommand.Create(TimeProvider.System).Parse(["reader-1", .. arguments]).Errors.Select(error => error.Message));

    [Fact(Timeout = Limit)]
    public async Task What_a_reader_does_not_have_is_named()
    {
        Configure("/dev/none", simulated: true, driver: "r200", setting: "port");

        Assert.Equal("This reader has no outputs that can be switched from here; 'bayedge reader ID' prints what it tells.", await RunAsync(1, "reader-1", "--output", "1"));
    }

    public void Dispose() => _folder.Dispose();

    private void Configure(string address, bool simulated, string driver = "llrp", string setting = "address") => File.WriteAllText(_folder.File("bayedge.json"), $$"""
        {
          "site": "sh-01", "device": "pi-01", "bays": [{ "id": "bay-01", "name": "1号工位" }],
          "readers": [{ "id": "reader-1", "driver": "{{driver}}", "{{setting}}": "{{address}}", "simulated": {{(simulated ? "true" : "false")}}, "antennas": [{ "port": 1, "bay": "bay-01" }] }]
        }
        """);

    /// <returns>What it prints, or complains of.</returns>
    private async Task<string> RunAsync(int expected, params string[] arguments)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var exitCode = await ReaderCommand.Create(TimeProvider.System).Parse([.. arguments, "--config", _folder.File("bayedge.json")])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = errors }, TestContext.Current.CancellationToken);
        Assert.Equal((expected, ""), (exitCode, (expected == 0 ? errors : output).ToString()));
        return (expected == 0 ? output : errors).ToString().Trim();
    }
}

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Service.Hosting;
using BayEdge.Service.Sources;

namespace BayEdge.Service.Commands;

/// <summary><c>bayedge reader</c>: how is a configured reader, and does it do what it is told? For when no service uses it; else its page does the same.</summary>
internal static class ReaderCommand
{
    /// <summary>To connect and to begin to read; beyond it even a reader that is just starting would be there.</summary>
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(20);

    public static Command Create(TimeProvider time)
    {
        var config = ConfigurationFile.Option();
        var id = new Argument<string>("ID") { Description = "The reader's id in the configuration." };
        var output = new Option<int?>("--output")
        {
            Description = "Switches this output, on unless --off says otherwise.",
            HelpName = "PORT",
            CustomParser = result => Parse(result, "--output", "the number of an output such as 1", least: 1),
        };
        var off = new Option<bool>("--off") { Description = "Switches it off." };
        var tag = new Option<string?>("--tag") { Description = "Reads the memory of the tag with this EPC, which must be before an antenna.", HelpName = "HEX" };
        var bank = new Option<string>("--bank") { Description = "Which memory of it.", DefaultValueFactory = _ => "tid" };
        bank.AcceptOnlyFromAmong([.. TagBanks.Names]);
        var first = new Option<int>("--first")
        {
            Description = "From which word on.",
            HelpName = "WORD",
            CustomParser = result => Parse(result, "--first", "the number of a word such as 0", least: 0) ?? 0,
        };
        var words = new Option<int>("--words")
        {
            Description = "How many words.",
            HelpName = "COUNT",
            DefaultValueFactory = _ => 6,
            CustomParser = result => Parse(result, "--words", "how many words, such as 6", least: 1) ?? 0,
        };
        var command = new Command("reader", "Prints how a configured reader is, switches an output of it, or reads the memory of a tag; no service may use it meanwhile.")
        {
            id, config, output, off, tag, bank, first, words,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(output) is not null && result.GetResult(tag) is not null)
                result.AddError("reader: expected either '--output' or '--tag'.");
            if (result.GetResult(off) is { Implicit: false } && result.GetResult(output) is null)
                result.AddError("reader: '--off' goes with '--output' only.");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (say, complain) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            return await RunAsync(parsed.GetRequiredValue(config), parsed.GetRequiredValue(id), ActAsync, complain, time, cancellationToken);

            async Task<int> ActAsync(AskedReader reader)
            {
                if (parsed.GetValue(output) is { } port)
                    return await PrintAsync(await reader.SwitchAsync(port, !parsed.GetValue(off), cancellationToken), outputs => [$"outputs   {ReaderWords.Of(outputs)}"], "has no outputs that can be switched from here", say, complain);
                if (parsed.GetValue(tag) is not { } epc)
                    return await PrintAsync(new ReaderPart<ReaderView>(await reader.LookAsync(cancellationToken), null), ReaderWords.Of, "can be asked nothing", say, complain);
                var read = await reader.ReadMemoryAsync(
                    epc, TagBanks.Named(parsed.GetRequiredValue(bank))!.Value, parsed.GetValue(first), parsed.GetValue(words), cancellationToken);
                return await PrintAsync(read, hex => [hex], "does not read the memory of tags", say, complain);
            }
        });
        return command;
    }

    private static int? Parse(ArgumentResult result, string option, string expected, int least)
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least)
            return number;
        result.AddError($"{option}: expected {expected}, but found '{text}'.");
        return null;
    }

    private static async Task<int> RunAsync(
        FileInfo file, string id, Func<AskedReader, Task<int>> act, TextWriter complain, TimeProvider time, CancellationToken cancellationToken)
    {
        using var drivers = new DriverSet(time);
        if (await ConfigurationFile.ReadWithSecretsAsync(file, drivers.Catalogue, cancellationToken) is not var (configuration, _))
            return ExitCodes.Wrong;
        if (configuration.Readers.FirstOrDefault(reader => reader.Id == id) is not { } configured)
        {
            await complain.WriteLineAsync($"expected one of the readers {string.Join(", ", configuration.Readers.Select(reader => reader.Id))}, but found '{id}'");
            return ExitCodes.Wrong;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var source = drivers.Catalogue.DriverOf(configured).Create(configured);
        var sink = new NoSink();
        var running = source.RunAsync(sink, end.Token);
        try
        {
            await await Task.WhenAny(running, sink.IsReady).WaitAsync(ReadyLimit, time, cancellationToken);
            if (AskedReader.AbilitiesOf(source).IsEmpty)
            {
                await complain.WriteLineAsync($"The reader {id} sends by itself and can be asked nothing; 'bayedge check' waits for what it sends.");
                return ExitCodes.Wrong;
            }

            using var reader = new AskedReader(id, source, time);
            return await act(reader);
        }
        catch (DeviceFaultException fault)
        {
            await complain.WriteLineAsync(fault.Message);
            return ExitCodes.Wrong;
        }
        catch (TimeoutException)
        {
            await complain.WriteLineAsync($"expected the reader to be ready within {ReadyLimit.TotalSeconds:0} s, but it said nothing; check its power and network");
            return ExitCodes.Wrong;
        }
        finally
        {
            await end.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <param name="cannot">What is said of a reader that lacks this.</param>
    private static async Task<int> PrintAsync<T>(ReaderPart<T>? part, Func<T, IEnumerable<string>> words, string cannot, TextWriter say, TextWriter complain)
        where T : class
    {
        if (part is { Value: { } value })
        {
            foreach (var line in words(value))
                await say.WriteLineAsync(line);
            return ExitCodes.Done;
        }

        await complain.WriteLineAsync(part?.Says?.Text ?? $"This reader {cannot}; 'bayedge reader ID' prints what it tells.");
        return ExitCodes.Wrong;
    }

    /// <summary>What the reader sees matters to nobody here.</summary>
    private sealed class NoSink : ISightingSink
    {
        private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task IsReady => _ready.Task;

        public void Ready() => _ready.TrySetResult();

        public ValueTask PublishAsync(Sighting sighting, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}

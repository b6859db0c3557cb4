using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BayEdge.Central.Broker;
using BayEdge.Contracts;
using BayEdge.Contracts.Consuming;

namespace BayEdge.Central.Conformance;

/// <summary>Plays a device to a consumer that somebody else wrote, and says which rules it keeps and which it breaks.</summary>
/// <remarks>
/// What cannot be seen from outside is not tested: that the consumer has stored an event before it acknowledges it. Kill it at random
/// while this runs, and compare its visits, to learn that.
/// </remarks>
public sealed class ConformanceSession(ConformanceOptions options, TextWriter output, TextWriter error, TimeProvider time)
{
    private static readonly DateTimeOffset FirstEpoch = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>0 when every rule that was tested is kept; 1 when one is broken or the broker cannot be used; 2 when the options are wrong.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (!BrokerAddress.TryParse(options.Broker, out var broker, out var problem))
            return error.Say(problem!, Outcome.WrongUsage);
        if (new[] { options.Site, ConformanceRun.LateName(options.Device) }.FirstOrDefault(id => !Topics.IsValidId(id)) is { } id)
            return error.Say($"expected ids of letters, digits, '-', '_' and '.', at most 59 of them, but found '{id}'", Outcome.WrongUsage);

        try
        {
            if ((await RetainedAsync(broker!, Topics.Status, cancellationToken)).Count > 0)
            {
                return error.Say(
                    $"{string.Join(" or ", Devices)} is a device of {options.Site} already; name one with --device that does not exist", Outcome.FoundWrong);
            }

            var findings = await PlayAsync(broker!, cancellationToken);
            Print(findings);
            return findings.Any(finding => finding.Verdict == Verdict.Broken) ? Outcome.FoundWrong : Outcome.Done;
        }
        catch (BrokerFaultException fault)
        {
            return error.Say(fault.Message, Outcome.FoundWrong);
        }
    }

    private async Task<IReadOnlyList<Finding>> PlayAsync(BrokerAddress broker, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // Two a second, since a run takes two.
        var source = new EventSource(options.Site, options.Device, 2 * (int)(now - FirstEpoch).TotalSeconds);
        var acks = new AckJournal();
        await using var connection = await ConnectAsync(broker, Topics.Ack, message => Hear(acks, message), cancellationToken);
        var run = new ConformanceRun(new DevicePlayer(connection, acks, options, time), acks, source, now.AddDays(-1));
        await run.PlayAsync(cancellationToken);
        if (acks.Of(source).UpTo > 0)
        {
            run.JudgeRetained(await RetainedAsync(broker, Topics.Ack, cancellationToken));
            run.Add(await CompareAsync(run.ExpectedVisits, cancellationToken));
        }

        await ForgetAsync(connection, cancellationToken);
        return run.Findings;
    }

    private Task<BrokerConnection> ConnectAsync(
        BrokerAddress broker, Func<string, string, string> topic, Action<InboundMessage> hear, CancellationToken cancellationToken) =>
        BrokerConnection.OpenAsync(
            new BrokerSession
            {
                Broker = broker,
                ClientId = $"bayedge-conformance-{Guid.NewGuid():N}",
                Login = options.Login.WithPasswordOfEnvironment(),
                Filters = [.. Devices.Select(device => topic(options.Site, device))],
            },
            message =>
            {
                hear(message);
                return ValueTask.CompletedTask;
            },
            time,
            cancellationToken);

    private string[] Devices => [options.Device, ConformanceRun.LateName(options.Device)];

    private static void Hear(AckJournal acks, InboundMessage message)
    {
        // What an earlier run left behind is judged at the end.
        if (!message.IsRetained && Topics.TryParseDevice(message.Topic, out var site, out var device))
            acks.Heard(site, device, message.Payload);
    }

    private async Task<IReadOnlyCollection<string>> RetainedAsync(BrokerAddress broker, Func<string, string, string> topic, CancellationToken cancellationToken)
    {
        var retained = new ConcurrentBag<string>();
        await using var connection = await ConnectAsync(
            broker,
            topic,
            message =>
            {
                if (message.IsRetained)
                    retained.Add(message.Topic);
            },
            cancellationToken);
        await Task.Delay(options.Quiet, time, cancellationToken);
        return retained;
    }

    // The played devices are gone, so nobody shall take their status for that of real ones.
    private async Task ForgetAsync(BrokerConnection connection, CancellationToken cancellationToken)
    {
        foreach (var device in Devices)
            await connection.PublishAsync(Topics.Status(options.Site, device), [], cancellationToken, retain: true);
    }

    private async Task<Finding> CompareAsync(IReadOnlyList<Visit> expected, CancellationToken cancellationToken)
    {
        const string Rule = "visits";
        if (options.VisitsPath is not { } path)
            return new Finding(Rule, Verdict.NotTested, "Its visits were not compared; name the file that you export them to with --visits.");

        await error.WriteLineAsync(
            $"Everything is sent. Export the visits of {string.Join(" and ", Devices)} to {path} within {options.VisitsLimit.TotalSeconds:0} s.");
        var begun = time.GetTimestamp();
        while (true)
        {
            var differences = await DifferencesAsync(path, expected, cancellationToken);
            if (differences.Count == 0)
                return new Finding(Rule, Verdict.Kept, $"Its {expected.Count(visit => !visit.IsRetracted)} visits are those that were sent.");
            if (time.GetElapsedTime(begun) > options.VisitsLimit)
                return new Finding(Rule, Verdict.Broken, $"Its visits are not those that were sent: {string.Join("; ", differences)}.");
            await Task.Delay(Look, time, cancellationToken);
        }
    }

    private static async Task<IReadOnlyList<string>> DifferencesAsync(string path, IReadOnlyList<Visit> expected, CancellationToken cancellationToken)
    {
        try
        {
            return VisitComparison.Differences(await File.ReadAllTextAsync(path, cancellationToken), expected);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return [$"{path} is no array of visits ({exception.Message})"];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [$"{path} cannot be read ({exception.Message})"];
        }
    }

    private void Print(IReadOnlyList<Finding> findings)
    {
        if (options.Json)
        {
            var rules = findings.Select(finding => new JsonObject
            {
                ["rule"] = finding.Rule,
                ["verdict"] = Word(finding.Verdict),
                ["sentence"] = finding.Sentence,
            });
            output.WriteLine(new JsonObject { ["rules"] = new JsonArray([.. rules]) }.ToJsonString(Readable));
            return;
        }

        foreach (var finding in findings)
            output.WriteLine($"{Word(finding.Verdict),-10}  {finding.Sentence}");
        var (kept, broken) = (findings.Count(finding => finding.Verdict == Verdict.Kept), findings.Count(finding => finding.Verdict == Verdict.Broken));
        output.WriteLine($"{kept} rules kept, {broken} broken, {findings.Count - kept - broken} not tested");
    }

    private static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Kept => "kept",
        Verdict.Broken => "BROKEN",
        _ => "not tested",
    };
}

using System.CommandLine;
using BayEdge.Core.Configuration;
using BayEdge.Messaging.Publishing;
using BayEdge.Service.Hosting;

namespace BayEdge.Service.Commands;

/// <summary><c>bayedge check</c>: is the configuration sound, and does everything that it names answer?</summary>
internal static class CheckCommand
{
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(20);

    public static Command Create(TimeProvider time)
    {
        var config = ConfigurationFile.Option();
        var command = new Command("check", "Validates a configuration and asks every device and the broker whether they answer.") { config };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed.GetRequiredValue(config), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(FileInfo file, TextWriter say, TextWriter complain, TimeProvider time, CancellationToken cancellationToken)
    {
        using var drivers = new DriverSet(time);
        if (await ConfigurationFile.ReadWithSecretsAsync(file, drivers.Catalogue, cancellationToken) is not var (configuration, secrets))
            return ExitCodes.Wrong;

        drivers.ReadPlatesWith(configuration.Vision, file);
        await say.WriteLineAsync($"{file.Name}: valid, {configuration.Bays.Length} {(configuration.Bays.Length == 1 ? "bay" : "bays")}");
        var probes = configuration.Sources.Select(source => (source.Id, Probe: ProbeAsync(drivers.Catalogue, source, cancellationToken))).ToList();
        if (configuration.Mqtt is { } mqtt)
            probes.Add(("mqtt", ProbeAsync(configuration, mqtt, secrets, time, cancellationToken)));

        var allAnswer = true;
        foreach (var (id, probe) in probes)
        {
            var (answered, summary) = await probe;
            allAnswer &= answered;
            await (answered ? say : complain).WriteLineAsync($"{(answered ? "ok  " : "FAIL")} {id}: {summary}");
        }

        return allAnswer ? ExitCodes.Done : ExitCodes.Wrong;
    }

    private static async Task<(bool Answered, string Summary)> ProbeAsync(DriverCatalogue drivers, SourceConfiguration source, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ProbeLimit);
        try
        {
            var report = await drivers.DriverOf(source).ProbeAsync(source, limit.Token);
            IEnumerable<string> heard = report.Heard is { } tags ? [ReaderWords.Of(tags)] : [];
            return (report.Answered, string.Join("; ", [report.Summary, .. heard, .. report.Facts.Select(fact => $"{fact.Name} {fact.Value}")]));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (false, $"expected an answer within {ProbeLimit.TotalSeconds:0} s, but none came; check power and network of the device");
        }
    }

    private static async Task<(bool Answered, string Summary)> ProbeAsync(
        EdgeConfiguration configuration, MqttConfiguration mqtt, Secrets secrets, TimeProvider time, CancellationToken cancellationToken)
    {
        var options = PublisherSetup.From(configuration, mqtt, secrets, bootId: "", () => KernelClock.Describe().State);
        var fault = await BrokerProbe.FindFaultAsync(options, time, cancellationToken);
        return (fault is null, fault ?? $"{options.Broker} accepts the connection");
    }
}

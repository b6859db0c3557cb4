using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.ImpinjIot;
using BayEdge.Drivers.Tests.Push;
using BayEdge.Simulator.Readers.ImpinjIot;
using BayEdge.TestKit;

namespace BayEdge.Drivers.Tests.ImpinjIot;

/// <summary>Simulated readers, and the driver that reads through two antennas of them.</summary>
internal static class ImpinjReaders
{
    private static readonly TimeProvider Time = TimeProvider.System;
    private static readonly ImpinjIotDriver Driver = new(Time);

    public static SimulatedImpinjIot Reader() => SimulatedImpinjIot.Start(LoopbackPorts.Free(), Time);

    public static ReaderConfiguration Configuration(string address, params (string Key, string Value)[] settings)
    {
        (string Key, string Value)[] given = [("address", address), ("tls", "false"), .. settings];
        var values = Driver.Descriptor.Fields.Where(field => field.Default is not null).Select(field => (field.Key, field.Default!)).Concat(given)
            .GroupBy(setting => setting.Item1).Select(group => (group.Key, group.Last().Item2)).ToArray();
        return PushSources.Reader(DriverSettings.Of(values), 1, 2);
    }

    public static RunningPush Run(SimulatedImpinjIot reader, params (string Key, string Value)[] settings) => Run(Configuration(reader.Address, settings));

    public static RunningPush Run(ReaderConfiguration configuration) => new(Driver.Create(configuration));

    public static Task<ProbeReport> AskAsync(ReaderConfiguration configuration) => Driver.ProbeAsync(configuration, TestContext.Current.CancellationToken);

    public static async Task<(bool Answered, string Summary)> ProbeAsync(ReaderConfiguration configuration)
    {
        var report = await AskAsync(configuration);
        return (report.Answered, report.Summary);
    }
}

using System.CommandLine;
using BayEdge.Drivers.Discovery;

namespace BayEdge.Service.Commands;

/// <summary><c>bayedge discover</c>: which readers are there that a configuration could name?</summary>
internal static class DiscoverCommand
{
    public static Command Create(TimeProvider time)
    {
        var command = new Command("discover", "Looks for LLRP readers in this computer's own networks and for reader modules on its serial adapters.");
        command.SetAction((_, cancellationToken) => RunAsync(time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        List<FoundReader> found = [];
        var network = new NetworkReaders(time);
        var announcements = new Announcements(time);
        foreach (var subnet in LocalSubnet.All())
        {
            await Console.Out.WriteLineAsync($"network {subnet} …");
            foreach (var reader in await announcements.AskAsync(subnet, cancellationToken))
            {
                await Console.Out.WriteLineAsync($"     {reader.Name} announces itself at {reader.Where}");
                if (reader.Where.Port != NetworkReaders.UsualPort)
                    found.AddRange(await SayAsync(await network.FindAsync([reader.Where.Address], cancellationToken, reader.Where.Port)));
            }

            found.AddRange(await SayAsync(await network.FindAsync(subnet.Others(), cancellationToken)));
        }

        var serial = new SerialReaders(time);
        foreach (var port in serial.Ports())
        {
            await Console.Out.WriteLineAsync($"serial port {port} …");
            if (await serial.FindAsync(port, cancellationToken) is { } reader)
                found.AddRange(await SayAsync([reader]));
        }

        if (found.Count > 0)
            return ExitCodes.Done;
        await Console.Error.WriteLineAsync("no reader answered; check that readers have power and their cables, and that no other program, such as the BayEdge service, holds them");
        return ExitCodes.Wrong;
    }

    /// <returns>Those that a configuration can use as they are.</returns>
    private static async Task<IReadOnlyList<FoundReader>> SayAsync(IReadOnlyList<FoundReader> readers)
    {
        foreach (var reader in readers)
        {
            var settings = string.Join(", ", reader.Settings.Select(setting => $"\"{setting.Key}\": \"{setting.Value}\""));
            await Console.Out.WriteLineAsync(reader.Report.Answered
                ? $"ok   \"driver\": \"{reader.Driver}\", {settings}: {reader.Report.Summary}"
                : $"FAIL {settings}: {reader.Report.Summary}");
        }

        return [.. readers.Where(reader => reader.Report.Answered)];
    }
}

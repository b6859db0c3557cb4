using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;

namespace BayEdge.Service.Commissioning.Network;

/// <summary>NetworkManager, through its <c>nmcli</c>: what Raspberry Pi OS and most desktops have.</summary>
/// <remarks>Source: nmcli(1), nm-settings-nmcli(5). Only IPv4: a workshop's installers know no other.</remarks>
/// <param name="program">The default is the one on the path.</param>
internal sealed class NetworkManagerSettings(TimeProvider time, string program = "nmcli") : INetworkSettings
{
    // While it asks the network whether another computer has the address.
    private const string DuplicateCheckMilliseconds = "3000";

    // Longer than the 45 s that NetworkManager waits for DHCP.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public async Task<AddressSettings?> ReadAsync(CancellationToken cancellationToken)
    {
        if (await FindConnectionAsync(cancellationToken) is not { } connection)
            return null;
        var settings = ParseFields(await RunAsync(
            ["-t", "-f", "ipv4.method,ipv4.addresses,ipv4.gateway,ipv4.dns", "connection", "show", connection], cancellationToken));
        return settings.GetValueOrDefault("ipv4.method") == "manual"
            ? new AddressSettings(
                false,
                First(settings.GetValueOrDefault("ipv4.addresses")),
                First(settings.GetValueOrDefault("ipv4.gateway")),
                [.. Split(settings.GetValueOrDefault("ipv4.dns"))])
            : new AddressSettings(true, null, null, []);
    }

    public async Task ApplyAsync(AddressSettings settings, CancellationToken cancellationToken)
    {
        var connection = await FindConnectionAsync(cancellationToken)
            ?? throw new NetworkFaultException("NetworkManager has no active connection; connect the cable first.");
        await RunAsync(
            [
                "connection", "modify", connection,
                "ipv4.method", settings.Automatic ? "auto" : "manual",
                "ipv4.addresses", settings.Address ?? "",
                "ipv4.gateway", settings.Gateway ?? "",
                "ipv4.dns", string.Join(",", settings.NameServers),
                "ipv4.dad-timeout", DuplicateCheckMilliseconds,
            ],
            cancellationToken);
        await RunAsync(["connection", "up", connection], cancellationToken);
    }

    // The device's own hotspot is how the phone comes in, and must stay.
    private async Task<string?> FindConnectionAsync(CancellationToken cancellationToken)
    {
        try
        {
            var active = await RunAsync(["-t", "-f", "UUID,TYPE,DEVICE", "connection", "show", "--active"], cancellationToken);
            return active.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(':'))
                .Where(fields => fields is [_, "802-3-ethernet" or "802-11-wireless", { Length: > 0 }])
                .OrderBy(fields => fields[1] == "802-3-ethernet" ? 0 : 1)
                .Select(fields => fields[0]).FirstOrDefault();
        }
        catch (Win32Exception)
        {
            // There is no NetworkManager on this computer.
            return null;
        }
    }

    private async Task<string> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true },
        };
        process.StartInfo.Environment["LC_ALL"] = "C";
        process.Start();
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(either.Token);
            var errors = process.StandardError.ReadToEndAsync(either.Token);
            await process.WaitForExitAsync(either.Token);
            return process.ExitCode == 0
                ? await output
                : throw new NetworkFaultException($"NetworkManager refuses ({(await errors).Trim().TrimEnd('.')}).");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            throw new NetworkFaultException($"NetworkManager did not answer within {Limit.TotalSeconds:0} s; look at its log.");
        }
    }

    // Terse output escapes colons within values with a backslash; none of ours has one.
    private static Dictionary<string, string> ParseFields(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(':', 2)).Where(parts => parts.Length == 2).ToDictionary(parts => parts[0], parts => parts[1].Trim(), StringComparer.Ordinal);

    private static string? First(string? list) => Split(list).FirstOrDefault();

    private static ImmutableArray<string> Split(string? list) => [.. (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}

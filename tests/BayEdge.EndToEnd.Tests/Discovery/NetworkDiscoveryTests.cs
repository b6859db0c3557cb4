using BayEdge.EndToEnd.Tests.Running;
using BayEdge.Simulator.Readers;
using BayEdge.TestKit;

namespace BayEdge.EndToEnd.Tests.Discovery;

/// <summary><c>bayedge discover</c> in a network of its own: two network namespaces with a cable between them.</summary>
public sealed class NetworkDiscoveryTests : IAsyncLifetime
{
    private readonly string _device = $"be-d-{Environment.ProcessId}";
    private readonly string _readers = $"be-r-{Environment.ProcessId}";
    private readonly string _folder = Directory.CreateTempSubdirectory("bayedge-discover-").FullName;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only the system administrator may make network namespaces.");
        await ShellAsync($"""
            set -e
            ip netns add {_device}; ip netns add {_readers}
            ip link add cable netns {_device} type veth peer name cable netns {_readers}
            ip -n {_device} addr add 192.0.2.1/28 dev cable; ip -n {_readers} addr add 192.0.2.5/28 dev cable
            ip -n {_readers} addr add 198.51.100.2/24 dev cable
            for name in {_device} {_readers}; do ip -n $name link set lo up; ip -n $name link set cable up; done
            ip -n {_device} route add default via 192.0.2.5
            """);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_reader_that_announces_itself_is_found_and_nobody_beyond_the_network_is_asked()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions { Manufacturer = 25882 }, TimeProvider.System);
        var socket = Path.Combine(_folder, "reader.sock");
        await using var near = ToolProcess.Start("socat", $"UNIX-LISTEN:{socket},fork", $"TCP:127.0.0.1:{reader.Port}");
        await using var far = ToolProcess.Start("ip", "netns", "exec", _readers, "socat", "TCP-LISTEN:5084,fork,reuseaddr", $"UNIX-CONNECT:{socket}");
        await using var announcer = await AnnounceAsync();
        var capture = Path.Combine(_folder, "sent.pcap");
        await using var tshark = ToolProcess.Start("ip", "netns", "exec", _device, "tshark", "-i", "cable", "-f", "ip and src host 192.0.2.1", "-w", capture);
        await tshark.WaitForLineAsync(line => line.StartsWith("Capturing on", StringComparison.Ordinal), Cancelled);

        var (exitCode, output) = await ToolProcess.RunAsync("ip", ["netns", "exec", _device, Path.Combine(Executable.Folder, "bayedge"), "discover"], Cancelled);
        tshark.Signal("INT");
        await tshark.WaitForExitAsync(Cancelled);

        Assert.Equal(0, exitCode);
        Assert.Contains("network 192.0.2.1/28 …", output, StringComparison.Ordinal);
        Assert.Contains("SpeedwayR-11-22-33 announces itself at 192.0.2.5:5084", output, StringComparison.Ordinal);
        Assert.Contains("ok   \"driver\": \"llrp\", \"address\": \"192.0.2.5\": Impinj reader, model 1, firmware 1.0.0, 4 antenna ports.", output, StringComparison.Ordinal);
        var (_, asked) = await ToolProcess.RunAsync("tshark", ["-r", capture, "-T", "fields", "-e", "ip.dst"], Cancelled);
        var addresses = asked.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(line => char.IsAsciiDigit(line[0])).Distinct().ToList();
        Assert.Contains("192.0.2.5", addresses);
        Assert.All(addresses, address => Assert.True(address == "224.0.0.251" || address.StartsWith("192.0.2.", StringComparison.Ordinal), address));
    }

    public async ValueTask DisposeAsync()
    {
        await ShellAsync($"ip netns del {_device}; ip netns del {_readers}; true");
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>By the responder that most Linux readers carry.</summary>
    private async Task<ToolProcess> AnnounceAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "avahi.conf"), """
            [server]
            use-ipv6=no
            enable-dbus=no
            host-name=speedwayr-11-22-33
            [publish]
            publish-workstation=no
            """, Cancelled);
        Directory.CreateDirectory(Path.Combine(_folder, "services"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "services", "llrp.service"), """
            <service-group><name>SpeedwayR-11-22-33</name><service><type>_llrp._tcp</type><port>5084</port></service></service-group>
            """, Cancelled);
        // Its folder of services and that of its process id are the system's; in this namespace others lie over them.
        var announcer = ToolProcess.Start("ip", "netns", "exec", _readers, "sh", "-c",
            $"mount --bind {_folder}/services /etc/avahi/services && mkdir -p /run/avahi-daemon {_folder}/run && mount --bind {_folder}/run /run/avahi-daemon"
            + $" && exec avahi-daemon --no-drop-root --no-chroot --no-rlimits -f {_folder}/avahi.conf");
        await announcer.WaitForLineAsync(line => line.Contains("successfully established", StringComparison.Ordinal), Cancelled);
        return announcer;
    }

    private static async Task ShellAsync(string script)
    {
        var (exitCode, output) = await ToolProcess.RunAsync("sh", ["-c", script], CancellationToken.None);
        Assert.True(exitCode == 0, output);
    }
}

using System.Diagnostics;
using BayEdge.Faults.Played;

namespace BayEdge.Faults.World;

/// <summary>The network namespace of one run, in which packets are dropped by nftables and held back by tc.</summary>
internal sealed class RunNetwork
{
    private readonly HashSet<string> _rules = [];

    public static RunNetwork BringUp()
    {
        Run("ip", "link set lo up");
        return new RunNetwork();
    }

    public void DropToAndFrom(int port, bool isDropped) => Change(isDropped, $"tcp dport {port} drop", $"tcp sport {port} drop");

    public void DropTo(int port, bool isDropped) => Change(isDropped, $"tcp dport {port} drop");

    public void DropFrom(int port, bool isDropped) => Change(isDropped, $"tcp sport {port} drop");

    public void LoseAFifth(bool isLost) => Change(isLost, Lossy("dport"), Lossy("sport"));

    public static void Slow(bool isSlow) =>
        Run("tc", isSlow ? "qdisc replace dev lo root tbf rate 64kbit burst 16kb latency 2s" : "qdisc del dev lo root");

    public void Heal()
    {
        _rules.Clear();
        Write();
    }

    private static string Lossy(string direction) => $"tcp {direction} {{ {Names.DevicePort}, {Names.CentralPort} }} numgen random mod 5 == 0 drop";

    private void Change(bool isAdded, params ReadOnlySpan<string> rules)
    {
        foreach (var rule in rules)
        {
            if (isAdded)
                _rules.Add(rule);
            else
                _rules.Remove(rule);
        }

        Write();
    }

    // One batch is one transaction: the table is never half there (nft(8), "-f").
    private void Write() => Run("nft", "-f -", $$"""
        table inet faults { }
        delete table inet faults
        table inet faults {
            chain out {
                type filter hook output priority 0; policy accept;
                {{string.Join("\n        ", _rules)}}
            }
        }
        """);

    private static void Run(string program, string arguments, string input = "")
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardError = true })!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {arguments} ended with {process.ExitCode}: {errors}{input}");
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BayEdge.Benchmarks.Page;

/// <summary>
/// What page and API add to the memory: what a web server that serves nothing has more than a host without one, and what a device whose page is
/// used has more than one of the same age whose page nobody opens.
/// </summary>
internal static class PageMemory
{
    private const int Phones = 5;
    private const int Rounds = 10;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    // A person looks at what a page shows before asking for the next.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private const string Replay = """{"rules":{"shortestStaySeconds":9},"minutes":15}""";

    private static readonly SemaphoreSlim Replays = new(1);

    private static readonly string[] Paths =
    [
        "/", "/app.js", "/vendor/ui.js", "/vendor/pico.min.css", "/style.css", "/i18n/zh-CN.json", "/i18n/setup.zh-CN.json", "/i18n/wording.zh-CN.json",
        "/api/status", "/api/sources", "/api/plates", "/api/configuration", "/api/configuration/history", "/api/drivers", "/api/system", "/api/logs", "/api/setup", "/api/rules",
        "/api/diagnostics/contents", "/metrics",
    ];

    /// <summary>A host that does nothing, with or without a web server; ends with its input.</summary>
    public static async Task<int> IdleAsync(bool withWeb)
    {
        if (withWeb)
        {
            var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
            builder.Logging.ClearProviders();
            await using var web = builder.Build();
            await web.StartAsync();
            await Console.In.ReadToEndAsync();
            return 0;
        }

        using var host = Host.CreateEmptyApplicationBuilder(null).Build();
        await host.StartAsync();
        await Console.In.ReadToEndAsync();
        return 0;
    }

    public static async Task RunAsync(TextWriter output)
    {
        var (host, web) = (await OfIdleHostAsync("idle-host"), await OfIdleHostAsync("idle-web"));
        await using var alone = await QuietDevice.StartAsync();
        await using var device = await QuietDevice.StartAsync();
        await Task.Delay(Rest);
        await device.ClaimAsync();
        await Task.WhenAll(Enumerable.Range(0, Phones).Select(_ => UseAsync(device)));
        await Task.Delay(Rest);
        var (quiet, used) = (ResidentOf(alone.ProcessId), ResidentOf(device.ProcessId));
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"resident: a host that does nothing {host:0.0} MB, with a web server {web:0.0} MB; a device with a reader whose page nobody opens {quiet:0.0} MB, one of the same age whose page {Phones} phones have seen, everything {Rounds} times and a rule tried, {used:0.0} MB: page and API add {web - host + used - quiet:0.0} MB"));
    }

    private static async Task<double> OfIdleHostAsync(string command)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, command) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var host = Process.Start(start)!;
        await Task.Delay(Rest);
        var resident = ResidentOf(host.Id);
        host.StandardInput.Close();
        await host.WaitForExitAsync();
        return resident;
    }

    private static async Task UseAsync(QuietDevice device)
    {
        using var phone = await device.LogInAsync();
        using var end = new CancellationTokenSource();
        var watching = WatchAsync(phone, end.Token);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var path in Paths)
            {
                await phone.GetByteArrayAsync(new Uri(path, UriKind.Relative));
                await Task.Delay(Look);
            }
        }

        // The others look while one tries a rule: several at once would wait for each other.
        await Replays.WaitAsync();
        using var replay = await phone.PostAsync(new Uri("/api/rules/replay", UriKind.Relative), new StringContent(Replay, Encoding.UTF8, "application/json"));
        Replays.Release();
        replay.EnsureSuccessStatusCode();
        await end.CancelAsync();
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task WatchAsync(HttpClient phone, CancellationToken cancellationToken)
    {
        await using var stream = await phone.GetStreamAsync(new Uri("/api/events?topics=status,commissioning,sources,plates", UriKind.Relative), cancellationToken);
        await stream.CopyToAsync(Stream.Null, cancellationToken);
    }

    private static double ResidentOf(int process)
    {
        using var running = Process.GetProcessById(process);
        return running.WorkingSet64 / 1_048_576.0;
    }
}

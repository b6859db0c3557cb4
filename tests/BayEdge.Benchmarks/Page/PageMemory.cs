using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Hosting;

namespace BayEdge.Benchmarks.Page;

/// <summary>What page and API add to a program: the device without a configuration is nothing but its page, and is held against a .NET host that does nothing.</summary>
internal static class PageMemory
{
    private const int Phones = 5;
    private const int Rounds = 20;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private static readonly string[] Paths =
    [
        "/", "/app.js", "/vendor/ui.js", "/vendor/pico.min.css", "/style.css", "/i18n/zh-CN.json", "/i18n/setup.zh-CN.json", "/i18n/wording.zh-CN.json",
        "/api/status", "/api/sources", "/api/plates", "/api/configuration", "/api/configuration/history", "/api/drivers", "/api/system", "/api/logs", "/api/setup", "/api/rules",
        "/api/diagnostics/contents", "/api/openapi.json", "/metrics",
    ];

    /// <summary>The host that does nothing; ends with its input.</summary>
    public static async Task<int> IdleAsync()
    {
        using var host = Host.CreateApplicationBuilder().Build();
        await host.StartAsync();
        await Console.In.ReadToEndAsync();
        return 0;
    }

    public static async Task RunAsync(TextWriter output)
    {
        var idle = await OfIdleHostAsync();
        await using var page = await PageAlone.StartAsync();
        await Task.Delay(Rest);
        var opened = ResidentOf(page.ProcessId);
        await Task.WhenAll(Enumerable.Range(0, Phones).Select(_ => UseAsync(page)));
        await Task.Delay(Rest);
        var used = ResidentOf(page.ProcessId);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"resident: a host that does nothing {idle:0.0} MB, the device's page alone {opened:0.0} MB, after {Phones} phones have seen everything {Rounds} times {used:0.0} MB: page and API add {used - idle:0.0} MB"));
    }

    private static async Task<double> OfIdleHostAsync()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, "idle-host") { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var host = Process.Start(start)!;
        await Task.Delay(Rest);
        var resident = ResidentOf(host.Id);
        host.StandardInput.Close();
        await host.WaitForExitAsync();
        return resident;
    }

    private static async Task UseAsync(PageAlone page)
    {
        using var phone = await page.LogInAsync();
        using var stream = await phone.GetStreamAsync(new Uri("/api/events?topics=status,commissioning", UriKind.Relative));
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var path in Paths)
                await phone.GetByteArrayAsync(new Uri(path, UriKind.Relative));
        }
    }

    private static double ResidentOf(int process)
    {
        using var running = Process.GetProcessById(process);
        return running.WorkingSet64 / 1_048_576.0;
    }
}

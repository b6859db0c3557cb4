using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using BayEdge.Central;
using BayEdge.Central.Ledger;
using BayEdge.Contracts;
using BayEdge.Service.Access;
using BayEdge.Service.Commands;
using BayEdge.Service.Hosting;
using BayEdge.Simulator.Brokers;
using BayEdge.Simulator.Time;
using Serilog.Events;

namespace BayEdge.Service.Demo;

/// <summary>Puts workshop, broker, service and consumer together and lets them run.</summary>
internal static class DemoRun
{
    // The service needs a few real seconds to connect; the first vehicle should not have to wait for it.
    private static readonly TimeSpan SettleRealTime = TimeSpan.FromSeconds(2);

    private const int PinLength = 6;

    public static async Task<int> RunAsync(TimeSpan? length, double speed, TimeProvider time, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("bayedge-demo-");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            if (length is not null)
                stop.CancelAfter(length.Value);
            return await RunAsync(new DataFolder(folder.FullName), speed, time, output, errors, stop.Token);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> RunAsync(DataFolder folder, double speed, TimeProvider time, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var clock = new AcceleratedTimeProvider(time, speed);
        await using var workshop = DemoWorkshop.Start(clock, time, SettleRealTime * speed);
        await using var broker = await LoopbackBroker.StartAsync(FreePort());
        var configuration = new FileInfo(Path.Combine(folder.Path, "bayedge.json"));
        await File.WriteAllTextAsync(
            configuration.FullName, DemoConfiguration.Write(workshop.Script, workshop.ReaderAddresses, workshop.CameraUrls, broker.Port, speed), cancellationToken);
        var report = new DemoReport(workshop.Runner.Truth, output);
        await using var service = PageHost.Build(new PageHostOptions
        {
            Configuration = configuration,
            Folder = folder,
            Pages = [new Uri("http://127.0.0.1:8080")],
            ConsoleLevel = LogEventLevel.Warning,
            BayClock = clock,
            NetworkClock = time,
            Listeners = [report],
        });
        using var ledger = CentralLedger.Open(null);
        var consumer = new CentralConsumer(
            new CentralOptions { Broker = AddressOf(broker) }, ledger, new QuietCentral(), time);

        var pin = RandomNumberGenerator.GetString("0123456789", PinLength);
        service.Services.GetRequiredService<AccessStore>().Claim(pin);
        await service.StartAsync(cancellationToken);
        output.WriteLine($"The page is at {string.Join(", ", service.Urls)} (PIN {pin}); the workshop runs {speed} times faster than life, and so do the times below. Ctrl+C ends it.");
        try
        {
            await Task.WhenAll(consumer.RunAsync(cancellationToken), workshop.Runner.RunAsync(cancellationToken));
        }
        finally
        {
            await service.StopAsync(CancellationToken.None);
            report.Summarise();
        }

        return ExitCodes.Done;
    }

    private static BrokerAddress AddressOf(LoopbackBroker broker) => new() { Host = "127.0.0.1", Port = broker.Port, Tls = false };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class QuietCentral : ICentralListener;
}

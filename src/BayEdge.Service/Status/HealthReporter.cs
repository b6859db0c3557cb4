using System.Reflection;
using System.Text.Json;
using BayEdge.Contracts;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.Json;
using BayEdge.Contracts.State;
using BayEdge.Core.Configuration;
using BayEdge.Core.Delivery;
using BayEdge.Core.Timing;
using BayEdge.Service.Hosting;

namespace BayEdge.Service.Status;

/// <summary>Keeps the retained health topic fresh: every minute, and soon after a source goes up or down or the delivery is in danger.</summary>
internal sealed partial class HealthReporter(
    EdgeConfiguration configuration,
    StatusBoard board,
    IOutbox outbox,
    IRetainedPublisher publisher,
    Func<ClockInfo> clock,
    DataFolder folder,
    TimeProvider time,
    ILogger<HealthReporter> logger) : BackgroundService
{
    private static readonly TimeSpan Regularly = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    private readonly ObservedAt _started = time.Observe();

    public static string Version { get; } =
        typeof(HealthReporter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <exception cref="StorageFaultException">The backlog cannot be read.</exception>
    public DeviceHealth Report() => Report(time.Observe(), board.Sources());

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        IReadOnlyList<string> said = [];
        var due = time.Observe();
        var saidUnreadable = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            var sources = board.Sources();
            var now = time.Observe();
            IReadOnlyList<string> present = [.. sources.Select(source => source.Up.ToString()), .. board.Dangers.Select(danger => danger.Text)];
            if (now.Monotonic >= due.Monotonic || !said.SequenceEqual(present))
            {
                try
                {
                    var report = Report(now, sources);
                    publisher.Set(
                        Topics.Health(configuration.Site, configuration.Device),
                        JsonSerializer.SerializeToUtf8Bytes(report, ContractsJson.Wire.DeviceHealth));
                    said = present;
                    due = now + Regularly;
                    saidUnreadable = false;
                }
                catch (StorageFaultException exception)
                {
                    // A report without its backlog would be a guess; the one before says how old it is.
                    if (!saidUnreadable)
                        Log.BacklogUnreadable(logger, exception);
                    saidUnreadable = true;
                }
            }

            await Task.Delay(Soon, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private DeviceHealth Report(ObservedAt now, IReadOnlyList<SourceHealth> sources)
    {
        var status = outbox.GetStatus();
        IReadOnlyList<string> problems = [.. board.Dangers.Select(danger => danger.Text)];
        return new DeviceHealth
        {
            AsOf = now.Wall,
            Version = Version,
            Sources = sources,
            Clock = clock(),
            Delivery = new DeliveryHealth
            {
                Backlog = status.Backlog,
                OldestUnconfirmed = status.OldestRecordedAt,
                Quarantined = status.Quarantined,
                LastConfirmedAt = board.LastConfirmedAt,
                Problems = problems.Count > 0 ? problems : null,
            },
            UptimeSeconds = Math.Round((now - _started).TotalSeconds, 1),
            DiskFreeBytes = folder.FreeBytes(),
            TemperatureCelsius = ProcessorTemperature.ReadCelsius(),
        };
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1401, Level = LogLevel.Error, Message = "The backlog cannot be read from the disk; the health report waits until it can")]
        public static partial void BacklogUnreadable(ILogger logger, Exception exception);
    }
}

using BayEdge.Contracts.Events;
using BayEdge.Core.Configuration;
using BayEdge.Core.Delivery;
using BayEdge.Core.Timing;
using BayEdge.Messaging.Publishing;
using BayEdge.Service.Bays;
using BayEdge.Service.Endpoints;
using BayEdge.Service.Neighbours;
using BayEdge.Service.Recording;
using BayEdge.Service.Sources;
using BayEdge.Service.Status;
using BayEdge.Storage;
using BayEdge.Storage.Journal;
using BayEdge.Storage.Recording;
using Serilog;
using Serilog.Events;

namespace BayEdge.Service.Hosting;

/// <summary>What a service is made of.</summary>
internal sealed record EdgeHostOptions
{
    public required EdgeConfiguration Configuration { get; init; }

    public required DataFolder Folder { get; init; }

    /// <summary>Where the local page listens; port 0 takes any free one.</summary>
    public required Uri Page { get; init; }

    public Secrets Secrets { get; init; } = Secrets.None;

    public LogEventLevel ConsoleLevel { get; init; } = LogEventLevel.Information;

    /// <summary>Of the bays and everything that dates events. The demo lets it run faster.</summary>
    public required TimeProvider BayClock { get; init; }

    /// <summary>Of everything that waits for a network. Always real.</summary>
    public required TimeProvider NetworkClock { get; init; }

    public IReadOnlyList<IDeliveryListener> Listeners { get; init; } = [];
}

/// <summary>The composition root: the only place that knows all parts.</summary>
internal static class EdgeHost
{
    // Farewell to broker and devices together, then the last writes: with one attempt begun at the limit, within five seconds.
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(3.5);

    /// <exception cref="DataFolderInUseException">Another service works in the data folder.</exception>
    /// <exception cref="StorageFaultException">The disk cannot hold a journal.</exception>
    public static WebApplication Build(EdgeHostOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = "wwwroot",
        });
        var folderLock = DataFolderLock.Take(options.Folder.Path);
        Serilog.Core.Logger? logger = null;
        SqliteJournal? journal = null;
        try
        {
            logger = Logging.Create(options.Folder, options.ConsoleLevel);
            journal = SqliteJournal.Open(new JournalOptions { Folder = options.Folder.Path }, options.BayClock);
            builder.Services.AddSerilog(logger, dispose: true);
            builder.Host.UseSystemd();
            builder.Services.Configure<HostOptions>(host => (host.ShutdownTimeout, host.ServicesStopConcurrently) = (StopLimit, true));
            var clock = new KernelClock();
            AddStorage(builder.Services, options, folderLock, journal);
            AddRecorder(builder.Services, options, clock);
            AddBays(builder.Services, options, clock);
            AddDelivery(builder.Services, options, clock);
            builder.WebHost.UseKestrelCore().UseUrls(PagePort.Choose(options.Page, logger).ToString());

            var app = builder.Build();
            // What was made by a factory ends with the service, the newest first; asked for, the service knows that it has it.
            app.Services.GetRequiredService<DataFolderLock>();
            app.Services.GetRequiredService<SqliteJournal>();
            app.UseDefaultFiles();
            app.UseStaticFiles();
            app.MapStatus();
            app.MapWhy();
            LifetimeLog.Keep(app, options.Configuration);
            return app;
        }
        catch
        {
            journal?.Dispose();
            logger?.Dispose();
            folderLock.Dispose();
            throw;
        }
    }

    /// <summary>Runs the service until it is told to stop.</summary>
    /// <returns>False when a part of it failed.</returns>
    public static async Task<bool> RunAsync(WebApplication service, CancellationToken cancellationToken)
    {
        // Asked for before the run, because the service is gone after it.
        var parts = service.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
        await service.RunAsync(cancellationToken);
        return !parts.Exists(part => part.ExecuteTask is { IsFaulted: true });
    }

    private static void AddStorage(IServiceCollection services, EdgeHostOptions options, DataFolderLock folderLock, SqliteJournal journal)
    {
        services.AddSingleton(_ => folderLock);
        services.AddSingleton(_ => journal);
        services.AddSingleton<IJournal>(journal);
        services.AddSingleton<IOutbox>(journal);
        services.AddSingleton(options.Folder);
    }

    private static void AddRecorder(IServiceCollection services, EdgeHostOptions options, KernelClock clock)
    {
        if (options.Configuration.Recorder is not { Enabled: true } recorder)
            return;
        services.AddSingleton(provider => new FlightRecorder(
            new FlightRecorderOptions
            {
                Product = HealthReporter.Version,
                Configuration = options.Configuration.WithoutSecrets(provider.GetRequiredService<DriverCatalogue>()),
                BootId = clock.BootId,
                Store = new RecordingOptions
                {
                    Folder = options.Folder.Path,
                    MaximumBytes = recorder.MaximumMegabytes * 1_000_000L,
                    Span = TimeSpan.FromHours(recorder.Hours),
                },
            },
            options.BayClock,
            provider.GetRequiredService<ILogger<FlightRecorder>>()));
    }

    private static void AddBays(IServiceCollection services, EdgeHostOptions options, KernelClock clock)
    {
        services.AddSingleton(options.Configuration);
        services.AddSingleton(provider => new DriverSet(options.BayClock, provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(provider => provider.GetRequiredService<DriverSet>().Catalogue);
        services.AddSingleton(options.BayClock);
        services.AddSingleton<Func<ClockInfo>>(clock.Read);
        services.AddSingleton(new EventComposer(options.Configuration.Site, options.Configuration.Device));
        services.AddSingleton<StatusBoard>();
        services.AddSingleton<DecisionHistory>();
        services.AddSingleton<BayStatePublisher>();
        services.AddSingleton<IBayObserver>(provider => provider.GetRequiredService<StatusBoard>());
        services.AddSingleton<IBayObserver>(provider => provider.GetRequiredService<DecisionHistory>());
        services.AddSingleton<IBayObserver>(provider => provider.GetRequiredService<BayStatePublisher>());
        services.AddSingleton(provider => TrackerStart.Begin(
            options.Configuration,
            provider.GetRequiredService<SqliteJournal>(),
            provider.GetRequiredService<EventComposer>(),
            provider.GetRequiredService<IRetainedPublisher>(),
            clock.Read(),
            options.BayClock.Observe().ToMilliseconds(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(TrackerStart)),
            provider.GetService<FlightRecorder>()));
        services.AddSingleton<BayLoop>();
        services.AddSingleton<IBayInputs>(provider => provider.GetRequiredService<BayLoop>());
        services.AddHostedService(provider => provider.GetRequiredService<BayLoop>());
        services.AddSingleton<RunningSources>();
        services.AddSingleton<HeardTags>();
        services.AddHostedService<SourceSupervisor>();
        services.AddHostedService<HealthReporter>();
    }

    private static void AddDelivery(IServiceCollection services, EdgeHostOptions options, KernelClock clock)
    {
        if (options.Configuration.Mqtt is not { } mqtt)
        {
            services.AddSingleton<IRetainedPublisher, NoBroker>();
            return;
        }

        var publisher = PublisherSetup.From(options.Configuration, mqtt, options.Secrets, clock.BootId);
        services.AddSingleton(provider => new MqttPublisher(
            publisher,
            provider.GetRequiredService<IOutbox>(),
            new DeliveryListeners([provider.GetRequiredService<StatusBoard>(), .. provider.GetServices<NeighbourBoard>(), .. options.Listeners]),
            options.NetworkClock,
            provider.GetRequiredService<ILogger<MqttPublisher>>(),
            Random.Shared.NextDouble));
        services.AddSingleton<IRetainedPublisher>(provider => provider.GetRequiredService<MqttPublisher>());
        services.AddHostedService<DeliveryService>();
        if (!mqtt.Neighbours)
            return;

        services.AddSingleton<NeighbourBoard>();
        services.AddSingleton<IBayObserver>(provider => provider.GetRequiredService<NeighbourBoard>());
        services.AddHostedService<NeighbourService>();
    }
}

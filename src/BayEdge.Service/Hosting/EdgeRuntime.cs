using BayEdge.Contracts.Events;
using BayEdge.Core.Commands;
using BayEdge.Core.Configuration;
using BayEdge.Core.Delivery;
using BayEdge.Core.Timing;
using BayEdge.Messaging.Publishing;
using BayEdge.Service.Bays;
using BayEdge.Service.Commissioning;
using BayEdge.Service.Configuring;
using BayEdge.Service.Neighbours;
using BayEdge.Service.Pictures;
using BayEdge.Service.Recording;
using BayEdge.Service.RemoteCommands;
using BayEdge.Service.Sources;
using BayEdge.Service.Status;
using BayEdge.Service.Timing;
using BayEdge.Storage.Journal;
using BayEdge.Storage.Recording;
using Serilog;

namespace BayEdge.Service.Hosting;

/// <summary>What the watching of the bays is made of.</summary>
internal sealed record EdgeRuntimeOptions
{
    public required EdgeConfiguration Configuration { get; init; }

    public required DataFolder Folder { get; init; }

    public required DriverCatalogue Drivers { get; init; }

    public required Serilog.ILogger Logger { get; init; }

    public required DeviceClock Clock { get; init; }

    public required RecentProblems Problems { get; init; }

    public required ConfigurationKeeper Configurations { get; init; }

    public required UnsentReplies UnsentReplies { get; init; }

    public Secrets Secrets { get; init; } = Secrets.None;

    /// <inheritdoc cref="PageHostOptions.BayClock"/>
    public required TimeProvider BayClock { get; init; }

    /// <inheritdoc cref="PageHostOptions.NetworkClock"/>
    public required TimeProvider NetworkClock { get; init; }

    public IReadOnlyList<IDeliveryListener> Listeners { get; init; } = [];

    public required RecentEvents Recent { get; init; }

    /// <summary>Null where no pictures are kept.</summary>
    public EvidencePictures? Pictures { get; init; }

    public RuntimeObservers Observers { get; init; } = RuntimeObservers.None;
}

/// <summary>Journal, bays, sources and delivery, put together for one configuration. Whoever holds it may stop it and make another.</summary>
internal sealed class EdgeRuntime : IAsyncDisposable
{
    // Farewell to broker and devices together, then the last writes: with one attempt begun at the limit, within five seconds.
    public static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(3.5);

    private readonly IHost _host;

    private EdgeRuntime(IHost host, EdgeRuntimeOptions options)
    {
        _host = host;
        Configuration = options.Configuration;
        Board = host.Services.GetRequiredService<StatusBoard>();
        Ended = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
    }

    public EdgeConfiguration Configuration { get; }

    public StatusBoard Board { get; }

    /// <summary>All parts. They are of use until <see cref="Ended"/>.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>Cancelled as soon as it ends, by order or because a part of it failed.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Whether it ends in order to begin anew.</summary>
    public bool IsToBeginAnew => Services.GetRequiredService<ServiceRestart>().IsRequested;

    /// <summary>The data folder must be this process's own.</summary>
    /// <exception cref="StorageFaultException">The disk cannot hold a journal.</exception>
    public static EdgeRuntime Build(EdgeRuntimeOptions options)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        var journal = SqliteJournal.Open(new JournalOptions { Folder = options.Folder.Path, FirstEpoch = FirstEpoch.Choose(options.BayClock, Random.Shared.Next) }, options.BayClock);
        try
        {
            builder.Services.AddSerilog(options.Logger);
            builder.Services.AddSingleton<IHostLifetime, LedByItsKeeper>();
            builder.Services.AddSingleton(options.Problems);
            builder.Services.AddSingleton(options.Configurations);
            builder.Services.AddSingleton(options.UnsentReplies);
            builder.Services.AddSingleton<ServiceRestart>();
            builder.Services.Configure<HostOptions>(host => (host.ShutdownTimeout, host.ServicesStopConcurrently) = (StopLimit, true));
            AddStorage(builder.Services, options, journal);
            AddRecorder(builder.Services, options);
            AddBays(builder.Services, options);
            AddDelivery(builder.Services, options);
            var host = builder.Build();
            // What was made by a factory ends with the host, the newest first; asked for, the host knows that it has it.
            host.Services.GetRequiredService<SqliteJournal>();
            return new EdgeRuntime(host, options);
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <exception cref="StorageFaultException">There is something to say of the time before, and the disk does not take it.</exception>
    public Task StartAsync(CancellationToken cancellationToken) => _host.StartAsync(cancellationToken);

    /// <returns>False when a part of it failed.</returns>
    public async Task<bool> StopAsync(CancellationToken cancellationToken)
    {
        await _host.StopAsync(cancellationToken);
        return !_host.Services.GetServices<IHostedService>().OfType<BackgroundService>().Any(part => part.ExecuteTask is { IsFaulted: true });
    }

    public async ValueTask DisposeAsync() => await ((IAsyncDisposable)_host).DisposeAsync();

    private static void AddStorage(IServiceCollection services, EdgeRuntimeOptions options, SqliteJournal journal)
    {
        services.AddSingleton(_ => journal);
        services.AddSingleton<IJournal>(journal);
        services.AddSingleton<IOutbox>(journal);
        services.AddSingleton(options.Folder);
    }

    private static void AddRecorder(IServiceCollection services, EdgeRuntimeOptions options)
    {
        if (options.Configuration.Recorder is not { Enabled: true } recorder)
            return;
        services.AddSingleton(provider => new FlightRecorder(
            new FlightRecorderOptions
            {
                Product = HealthReporter.Version,
                Configuration = options.Configuration.WithoutSecrets(provider.GetRequiredService<DriverCatalogue>()),
                BootId = options.Clock.BootId,
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

    private static void AddBays(IServiceCollection services, EdgeRuntimeOptions options)
    {
        services.AddSingleton(options.Configuration);
        services.AddSingleton(options.Drivers);
        services.AddSingleton(options.BayClock);
        services.AddSingleton<Func<ClockInfo>>(() => options.Clock.Now);
        services.AddSingleton(options.Clock);
        services.AddSingleton(new EventComposer(options.Configuration.Site, options.Configuration.Device));
        services.AddSingleton<StatusBoard>();
        services.AddSingleton<DecisionHistory>();
        services.AddSingleton<BayStatePublisher>();
        services.AddSingleton<IBayObserver>(provider => provider.GetRequiredService<StatusBoard>());
        services.AddSingleton<IBayObserver>(provider => provider.GetRequiredService<DecisionHistory>());
        services.AddSingleton<IBayObserver>(provider => provider.GetRequiredService<BayStatePublisher>());
        services.AddSingleton<IBayObserver>(options.Recent);
        foreach (var observer in options.Observers.Bays)
            services.AddSingleton(observer);
        foreach (var observer in options.Observers.Sightings)
            services.AddSingleton(observer);
        if (options.Pictures is { } pictures)
        {
            services.AddSingleton<IPictureNaming>(pictures);
            services.AddSingleton<IEvidencePictures>(pictures);
        }

        if (options.Observers.Gate is { } gate)
            services.AddSingleton(gate);
        services.AddSingleton(provider => TrackerStart.Begin(
            options.Configuration,
            provider.GetRequiredService<SqliteJournal>(),
            provider.GetRequiredService<EventComposer>(),
            provider.GetRequiredService<IRetainedPublisher>(),
            options.Clock,
            options.BayClock.Observe().ToMilliseconds(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(TrackerStart)),
            provider.GetService<FlightRecorder>()));
        services.AddSingleton<BayLoop>();
        services.AddSingleton<IBayInputs>(provider => provider.GetRequiredService<BayLoop>());
        services.AddHostedService(provider => provider.GetRequiredService<BayLoop>());
        services.AddSingleton<RunningSources>();
        services.AddSingleton<HeardTags>();
        services.AddSingleton<ContactStates>();
        services.AddSingleton<ReadPlates>();
        services.AddHostedService<SourceSupervisor>();
        services.AddSingleton<HealthReporter>();
        services.AddHostedService(provider => provider.GetRequiredService<HealthReporter>());
    }

    private static void AddDelivery(IServiceCollection services, EdgeRuntimeOptions options)
    {
        if (options.Configuration.Mqtt is not { } mqtt)
        {
            services.AddSingleton<IRetainedPublisher, NoBroker>();
            return;
        }

        var publisher = PublisherSetup.From(options.Configuration, mqtt, options.Secrets, options.Clock.BootId, () => options.Clock.Now.State);
        services.AddSingleton(provider => new MqttPublisher(
            publisher,
            provider.GetRequiredService<IOutbox>(),
            new DeliveryListeners([provider.GetRequiredService<StatusBoard>(), .. provider.GetServices<NeighbourBoard>(), .. options.Listeners, .. options.Observers.Delivery]),
            options.NetworkClock,
            provider.GetRequiredService<ILogger<MqttPublisher>>(),
            Random.Shared.NextDouble));
        services.AddSingleton<IRetainedPublisher>(provider => provider.GetRequiredService<MqttPublisher>());
        services.AddSingleton<ExpectedVehicleBoard>();
        services.AddHostedService<DeliveryService>();
        if (mqtt.Commands != CommandRight.Off)
            services.AddRemoteCommands(options.NetworkClock);
        if (!mqtt.Neighbours)
            return;

        services.AddSingleton(new NeighbourMemory(options.Folder.Path));
        services.AddSingleton(provider => new NeighbourBoard(
            options.Configuration, options.BayClock, provider.GetRequiredService<NeighbourMemory>().HasNeighbours));
        services.AddSingleton<IBayObserver>(provider => provider.GetRequiredService<NeighbourBoard>());
        services.AddHostedService<NeighbourService>();
    }

    // Signals and systemd speak to the service as a whole.
    private sealed class LedByItsKeeper : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

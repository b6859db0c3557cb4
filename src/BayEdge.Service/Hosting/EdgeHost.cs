using BayEdge.Contracts.Events;
using BayEdge.Core.Configuration;
using BayEdge.Core.Delivery;
using BayEdge.Messaging.Publishing;
using BayEdge.Service.Bays;
using BayEdge.Service.Endpoints;
using BayEdge.Service.Sources;
using BayEdge.Service.Status;
using BayEdge.Storage;
using BayEdge.Storage.Journal;
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
    // The whole stop fits into five seconds, together with the publisher's farewell.
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(4);

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
        try
        {
            var logger = Logging.Create(options.Folder, options.ConsoleLevel);
            builder.Services.AddSerilog(logger, dispose: true);
            builder.Host.UseSystemd();
            builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopLimit);
            builder.Services.AddSingleton(folderLock);
            AddStorage(builder.Services, options);
            AddBays(builder.Services, options);
            AddDelivery(builder.Services, options);
            builder.WebHost.UseKestrelCore().UseUrls(PagePort.Choose(options.Page, logger).ToString());

            var app = builder.Build();
            app.UseDefaultFiles();
            app.UseStaticFiles();
            app.MapStatus();
            app.Lifetime.ApplicationStarted.Register(() => PagePort.Announce(app));
            return app;
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }

    private static void AddStorage(IServiceCollection services, EdgeHostOptions options)
    {
        var journal = SqliteJournal.Open(new JournalOptions { Folder = options.Folder.Path }, options.BayClock);
        services.AddSingleton(_ => journal);
        services.AddSingleton<IJournal>(journal);
        services.AddSingleton<IOutbox>(journal);
        services.AddSingleton(options.Folder);
    }

    private static void AddBays(IServiceCollection services, EdgeHostOptions options)
    {
        var clock = new KernelClock();
        services.AddSingleton(options.Configuration);
        services.AddSingleton(provider => new DriverSet(options.BayClock, provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(provider => provider.GetRequiredService<DriverSet>().Catalogue);
        services.AddSingleton(options.BayClock);
        services.AddSingleton<Func<ClockInfo>>(clock.Read);
        services.AddSingleton(new EventComposer(options.Configuration.Site, options.Configuration.Device));
        services.AddSingleton<StatusBoard>();
        services.AddSingleton<BayStatePublisher>();
        services.AddSingleton<IBayObserver>(provider => provider.GetRequiredService<StatusBoard>());
        services.AddSingleton<IBayObserver>(provider => provider.GetRequiredService<BayStatePublisher>());
        services.AddSingleton(provider =>
        {
            var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(TrackerStart));
            var journal = provider.GetRequiredService<SqliteJournal>();
            var state = TrackerStart.Restore(options.Configuration, journal, clock.BootId, options.BayClock, logger);
            TrackerStart.DeclareGap(journal, provider.GetRequiredService<EventComposer>(), state, clock.BootId, logger);
            return state;
        });
        services.AddSingleton<BayLoop>();
        services.AddHostedService(provider => provider.GetRequiredService<BayLoop>());
        services.AddHostedService<SourceSupervisor>();
        services.AddHostedService<HealthReporter>();
    }

    private static void AddDelivery(IServiceCollection services, EdgeHostOptions options)
    {
        if (options.Configuration.Mqtt is not { } mqtt)
        {
            services.AddSingleton<IRetainedPublisher, NoBroker>();
            return;
        }

        var clock = new KernelClock();
        var publisher = PublisherSetup.From(options.Configuration, mqtt, options.Secrets, clock.BootId);
        services.AddSingleton(provider => new MqttPublisher(
            publisher,
            provider.GetRequiredService<IOutbox>(),
            new DeliveryListeners([provider.GetRequiredService<StatusBoard>(), .. options.Listeners]),
            options.NetworkClock,
            provider.GetRequiredService<ILogger<MqttPublisher>>(),
            Random.Shared.NextDouble));
        services.AddSingleton<IRetainedPublisher>(provider => provider.GetRequiredService<MqttPublisher>());
        services.AddHostedService<DeliveryService>();
    }
}

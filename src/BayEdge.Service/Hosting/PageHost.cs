using System.Security.Cryptography.X509Certificates;
using BayEdge.Core.Delivery;
using BayEdge.Core.Timing;
using BayEdge.Service.Access;
using BayEdge.Service.Commissioning;
using BayEdge.Service.Configuring;
using BayEdge.Service.Endpoints;
using BayEdge.Service.Pictures;
using BayEdge.Service.Status;
using BayEdge.Service.Support;
using BayEdge.Service.Timing;
using BayEdge.Service.Updating;
using BayEdge.Storage;
using BayEdge.Storage.Learned;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Serilog;
using Serilog.Events;

namespace BayEdge.Service.Hosting;

/// <summary>What a service is made of.</summary>
internal sealed record PageHostOptions
{
    public required FileInfo Configuration { get; init; }

    public required DataFolder Folder { get; init; }

    /// <summary>Where the local page listens; port 0 takes any free one. Where one of them is HTTPS, those that are not lead there.</summary>
    public required IReadOnlyList<Uri> Pages { get; init; }

    /// <summary>Whether a person asked for just these.</summary>
    public bool PagesAreGiven { get; init; }

    /// <summary>Where <c>bayedge-update</c> keeps the program, the key of its updates and what became of them; null where it does not.</summary>
    public DirectoryInfo? Program { get; init; }

    public LogEventLevel ConsoleLevel { get; init; } = LogEventLevel.Information;

    /// <summary>Where whoever stands before the computer reads what no log may hold.</summary>
    public TextWriter Console { get; init; } = System.Console.Error;

    /// <summary>Of the bays and everything that dates events. The demo lets it run faster.</summary>
    public required TimeProvider BayClock { get; init; }

    /// <summary>Of everything that waits for a network or a person. Always real.</summary>
    public required TimeProvider NetworkClock { get; init; }

    public IReadOnlyList<IDeliveryListener> Listeners { get; init; } = [];
}

/// <summary>The composition root of the page: it opens whatever else is broken. <see cref="EdgeRuntime"/> is that of the rest.</summary>
internal static class PageHost
{
    /// <exception cref="DataFolderInUseException">Another service works in the data folder; that one has the page.</exception>
    /// <exception cref="PagePortException">The page cannot be where it was asked for.</exception>
    public static WebApplication Build(PageHostOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = "wwwroot",
        });
        var problems = new RecentProblems();
        var logger = Logging.Create(options.Folder, options.ConsoleLevel, problems);
        builder.Services.AddSerilog(logger, dispose: true);
        builder.Services.AddSingleton<Serilog.ILogger>(logger);
        builder.Services.AddSingleton(problems);
        builder.Host.UseSystemd();
        builder.Services.Configure<HostOptions>(host => (host.ShutdownTimeout, host.ServicesStopConcurrently) = (EdgeRuntime.StopLimit, true));
        AddParts(builder.Services, options);
        AddAccess(builder.Services, options);
        builder.Services.AddCommissioning(options);
        Listen(builder, options, logger);

        var app = builder.Build();
        try
        {
            TakeFolder(app.Services.GetRequiredService<RuntimeKeeper>());
            app.UsePage();
            LifetimeLog.Keep(app);
            SayClaimCode(app, options.Console);
            return app;
        }
        catch
        {
            ((IDisposable)app).Dispose();
            throw;
        }
    }

    /// <summary>Runs the service until it is told to stop.</summary>
    /// <returns>False when a part of it failed.</returns>
    public static async Task<bool> RunAsync(WebApplication service, CancellationToken cancellationToken)
    {
        // Asked for before the run, because the service is gone after it.
        var runtime = service.Services.GetRequiredService<RuntimeKeeper>();
        await service.RunAsync(cancellationToken);
        return runtime.EndedWell;
    }

    private static void AddParts(IServiceCollection services, PageHostOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(options.Folder);
        services.AddSingleton(options.NetworkClock);
        services.AddSingleton(new DeviceClock(ClockLedger.Start(KernelClock.BootId), KernelClock.Read, options.BayClock));
        services.AddSingleton(provider => new DriverSet(
            options.BayClock,
            provider.GetRequiredService<ILoggerFactory>(),
            new SourceMemoryFolder(options.Folder.Path),
            provider.GetRequiredService<CameraLooks>(),
            provider.GetRequiredService<PictureTray>()));
        services.AddPictures(options);
        services.AddSingleton(provider => new ConfigurationKeeper(
            options.Configuration, options.Folder, provider.GetRequiredService<DriverSet>().Catalogue, options.NetworkClock, provider.GetRequiredService<ILogger<ConfigurationKeeper>>()));
        services.AddSingleton<RecentEvents>();
        services.AddSingleton<RuntimeKeeper>();
        services.AddHostedService(provider => provider.GetRequiredService<RuntimeKeeper>());
        services.AddHostedService<ConfigurationWatch>();
        services.AddSingleton<DeviceStatus>();
        services.AddSingleton<IPageTopic>(provider => provider.GetRequiredService<DeviceStatus>());
        services.AddSingleton<IPageTopic, SourcesTopic>();
        services.AddSingleton<IPageTopic, PlatesTopic>();
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.AllowDuplicateProperties = false;
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, PageJson.Default);
        });
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddOpenApi();
        services.AddSingleton<DiagnosticsBundle>();
        services.AddSingleton<PackedFiles>();
        services.AddUpdates();
    }

    private static void AddAccess(IServiceCollection services, PageHostOptions options)
    {
        services.AddSingleton<AccessStore>();
        services.AddSingleton(_ => ClaimCode.Open(options.Configuration, options.Folder));
        services.AddSingleton<LoginThrottle>();
        services.AddSingleton(provider => new SessionStore(new SessionFile(options.Folder, KernelClock.BootId), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<AuditLog>();
        services.AddAuthentication(SessionAuthentication.Name)
            .AddScheme<AuthenticationSchemeOptions, SessionAuthentication>(SessionAuthentication.Name, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(Roles.Installer, policy => policy.RequireRole(Roles.Installer))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder(SessionAuthentication.Name).RequireAuthenticatedUser().Build());
    }

    private static void Listen(WebApplicationBuilder builder, PageHostOptions options, Serilog.ILogger logger)
    {
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestErrors.MostBytes;
        });
        if (options.Pages.Any(page => page.Scheme == Uri.UriSchemeHttps))
        {
            var certificate = new Lazy<X509Certificate2>(() => DeviceCertificate.Open(options.Folder));
            builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate.Value));
        }

        builder.WebHost.UseUrls([.. options.Pages.Select(page => PagePort.Choose(page, options.PagesAreGiven, logger).ToString())]);
    }

    private static void UsePage(this WebApplication app)
    {
        app.UseRequestErrors();
        app.UseRequestGuard();
        app.UseHttpsWhereThereIs();
        // Nothing else travels compressed: the length of what changes with a session would tell of its content (BREACH).
        var packed = app.Services.GetRequiredService<PackedFiles>();
        app.Use(async (context, next) =>
        {
            if (!await packed.TryAnswerAsync(context))
                await next(context);
        });
        app.UseDefaultFiles();
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache" });
        app.UseRouting();
        app.UseAuthentication();
        app.UseAudit();
        app.UseTokenGuard();
        app.UseAuthorization();
        app.MapStatus();
        app.MapEvents();
        app.MapWhy();
        app.MapAccess();
        app.MapConfiguration();
        app.MapSources();
        app.MapReaders();
        app.MapPlates();
        app.MapSupport();
        app.MapUpdates();
        app.MapPictures();
        app.MapMetrics();
        app.MapOpenApi("/api/openapi.json");
        app.MapCommissioning();
        app.MapRules();
        app.MapSetupDevices();
    }

    // A full or broken disk is said on the page; another service that is alive has a page of its own.
    private static void TakeFolder(RuntimeKeeper runtime)
    {
        try
        {
            runtime.TakeFolder();
        }
        catch (StorageFaultException)
        {
            // The runtime meets it again, says so on the page and tries until the disk is mended.
        }
    }

    // Not to the log, for that goes to support.
    private static void SayClaimCode(WebApplication app, TextWriter console) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        var access = app.Services.GetRequiredService<AccessStore>();
        if (!access.IsClaimed && app.Services.GetRequiredService<ClaimCode>() is { IsNew: true } code)
            console.WriteLine($"This device belongs to nobody yet; its page asks for the claim code {code.Text}");
    });
}

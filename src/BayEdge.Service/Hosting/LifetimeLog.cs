using BayEdge.Service.Status;

namespace BayEdge.Service.Hosting;

/// <summary>Marks in the log where a run of the service begins and ends.</summary>
internal static partial class LifetimeLog
{
    public static void Keep(WebApplication service)
    {
        service.Lifetime.ApplicationStarted.Register(() =>
        {
            // Only a service that has started knows which port it got.
            var page = string.Join(", ", service.Urls);
            Started(service.Logger, HealthReporter.Version, page);
        });
        service.Lifetime.ApplicationStopped.Register(() => Stopped(service.Logger));
    }

    [LoggerMessage(EventId = 1301, Level = LogLevel.Information, Message = "BayEdge {Version} has started; the local page is at {Page}")]
    private static partial void Started(ILogger logger, string version, string page);

    [LoggerMessage(EventId = 1302, Level = LogLevel.Information, Message = "BayEdge has stopped")]
    private static partial void Stopped(ILogger logger);
}

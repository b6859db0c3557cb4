using System.Globalization;
using BayEdge.Service.Access;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace BayEdge.Service.Hosting;

/// <summary>Logs for the console and for support: a few small files that never fill a card.</summary>
internal static class Logging
{
    private const long FileBytes = 2 * 1024 * 1024;
    private const int FilesKept = 5;

    /// <param name="problems">Hears the log, too.</param>
    public static Logger Create(DataFolder folder, LogEventLevel console, ILogEventSink problems) => new LoggerConfiguration()
        .MinimumLevel.Information()
        .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
        .MinimumLevel.Override("System", LogEventLevel.Warning)
        // In the framework's words, whoever is about to log in.
        .MinimumLevel.Override(typeof(SessionAuthentication).FullName!, LogEventLevel.Warning)
        .WriteTo.Console(console, outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}", formatProvider: CultureInfo.InvariantCulture,
            standardErrorFromLevel: LogEventLevel.Verbose)
        .WriteTo.File(
            Path.Combine(folder.Logs, "bayedge-.log"),
            outputTemplate: "{Timestamp:o} {Level:u3} {EventId} {SourceContext} {Message:lj}{NewLine}{Exception}",
            formatProvider: CultureInfo.InvariantCulture,
            rollingInterval: RollingInterval.Day,
            fileSizeLimitBytes: FileBytes,
            rollOnFileSizeLimit: true,
            retainedFileCountLimit: FilesKept)
        .WriteTo.Sink(problems)
        .CreateLogger();
}

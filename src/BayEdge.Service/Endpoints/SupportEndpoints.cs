using System.Globalization;
using BayEdge.Service.Access;
using BayEdge.Service.Configuring;
using BayEdge.Service.Hosting;
using BayEdge.Service.RemoteCommands;
using BayEdge.Service.Status;
using BayEdge.Service.Support;
using BayEdge.Storage.Files;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Hosting.Systemd;

namespace BayEdge.Service.Endpoints;

/// <param name="Password">Seals the secrets; null or empty leaves them out.</param>
internal sealed record BackupRequest(string? Password);

/// <param name="Password">Opens the secrets; null where the backup has none.</param>
internal sealed record RestoreRequest(Backup? Backup, string? Password);

/// <summary>Logs, diagnostics, backup and restart.</summary>
internal static class SupportEndpoints
{
    private const int MostLogEntries = 500;

    public static void MapSupport(this IEndpointRouteBuilder routes)
    {
        var installer = routes.MapGroup("").RequireAuthorization(Roles.Installer);
        routes.MapGet("/api/system", (DataFolder folder, RuntimeKeeper keeper, TimeProvider time) =>
            TypedResults.Json(SystemView.Of(folder, keeper, time), PageJson.Default.SystemView)).Produces<SystemView>();
        installer.MapGet("/api/logs", Logs).Produces<IReadOnlyList<LogEntry>>();
        installer.MapGet("/api/diagnostics/contents", (DiagnosticsBundle bundle) => TypedResults.Json(bundle.Contents(), PageJson.Default.IReadOnlyListBundlePart))
            .Produces<IReadOnlyList<BundlePart>>();
        installer.MapGet("/api/diagnostics", Diagnostics).Produces<Stream>(contentType: "application/zip");
        installer.MapPost("/api/backup", Backup).Produces<Backup>();
        installer.MapPost("/api/restore", RestoreAsync).Produces<ConfigurationView>();
        installer.MapPost("/api/restart", Restart);
    }

    private static IResult Diagnostics(string? without, DiagnosticsBundle bundle, ConfigurationKeeper configurations, HttpContext context, TimeProvider time)
    {
        // The end of a zip entry is written synchronously, even where it is disposed of asynchronously.
        context.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
        return Results.Stream(
            output => bundle.WriteAsync(output, (without ?? "").Split(',').ToHashSet(StringComparer.Ordinal), CancellationToken.None),
            "application/zip",
            FileNameOf(configurations, "diagnostics", "zip", time));
    }

    private static IResult Logs(string? level, string? text, DataFolder folder)
    {
        try
        {
            return TypedResults.Json(LogReader.Read(folder, level, text, MostLogEntries), PageJson.Default.IReadOnlyListLogEntry);
        }
        catch (IOException exception)
        {
            return Refusal.Of(StatusCodes.Status503ServiceUnavailable, PageTexts.NotRead.With(("reason", DiskWords.Of(exception).Phrase)));
        }
    }

    private static IResult Backup(BackupRequest request, ConfigurationKeeper configurations, TimeProvider time)
    {
        if (configurations.Current is not { Configuration: not null, Document: { } document, Problems.IsEmpty: true } current)
            return Refusal.Of(StatusCodes.Status409Conflict, PageTexts.NothingToBackUp.With());
        var shown = configurations.Show();
        var secrets = request.Password is { Length: > 0 } password && BackedUpSecrets.Compose(current.Secrets, document, shown) is { } text ? SealedSecrets.Seal(text, password) : null;
        return TypedResults.Json(new Backup(Support.Backup.ProductName, HealthReporter.Version, time.GetUtcNow(), shown, secrets), PageJson.Default.Backup);
    }

    private static async Task<IResult> RestoreAsync(RestoreRequest request, ConfigurationKeeper configurations, HttpContext context, CancellationToken cancellationToken)
    {
        if (request.Backup is not { Product: Support.Backup.ProductName, Configuration: not null } backup)
            return Refusal.Of(StatusCodes.Status422UnprocessableEntity, PageTexts.NoBackup.With());
        var who = context.User.Identity!.Name!;
        var why = string.Create(CultureInfo.InvariantCulture, $"backup of {backup.At.UtcDateTime:yyyy-MM-dd HH:mm}Z");
        if (backup.Secrets is null)
            return ConfigurationEndpoints.Answer(configurations, await configurations.ProposeAsync(backup.Configuration, who, why, null, cancellationToken));
        return backup.Secrets.Open(request.Password ?? "") is { } text && BackedUpSecrets.Parse(text) is { } kept
            ? ConfigurationEndpoints.Answer(configurations, await configurations.RestoreAsync(backup.Configuration, kept.Secrets, kept.Document, who, why, cancellationToken))
            : Refusal.Of(StatusCodes.Status403Forbidden, PageTexts.WrongBackupPassword.With());
    }

    // Where nobody would start the service again, everything but the page is started anew.
    private static NoContent Restart(RuntimeKeeper runtime, IHostApplicationLifetime lifetime, HttpContext context)
    {
        if (SystemdHelpers.IsSystemdService())
            context.Response.OnCompleted(() => Task.Run(lifetime.StopApplication));
        else
            runtime.Runtime?.Services.GetRequiredService<ServiceRestart>().Request();
        return TypedResults.NoContent();
    }

    private static string FileNameOf(ConfigurationKeeper configurations, string what, string extension, TimeProvider time) => string.Create(
        CultureInfo.InvariantCulture, $"bayedge-{configurations.Current.Configuration?.Device ?? "new"}-{what}-{time.GetUtcNow():yyyyMMdd-HHmm}.{extension}");
}

using System.Globalization;
using BayEdge.Core.Bays;
using BayEdge.Core.Delivery;
using BayEdge.Service.Access;
using BayEdge.Service.Configuring;
using BayEdge.Service.Hosting;
using BayEdge.Service.Status;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BayEdge.Service.Endpoints;

/// <summary>What anybody may see before logging in.</summary>
/// <param name="Accounts">Those that have a PIN.</param>
/// <param name="Role">Whoever is logged in; null when nobody is.</param>
/// <param name="Token">To be sent with whatever changes something, in the header <c>X-BayEdge-Token</c>.</param>
internal sealed record WelcomeView(string Version, string Serial, string Language, bool Claimed, IReadOnlyList<string> Accounts, string? Role, string? Token);

internal sealed record ClaimRequest(string Code, string Password);

internal sealed record LoginRequest(string Account, string Password);

/// <param name="Current">The PIN of whoever changes it.</param>
internal sealed record PasswordRequest(string Current, string Password);

/// <summary>Claiming, logging in and out, and PINs.</summary>
internal static class AccessEndpoints
{
    // Guesses of the claim code count like those of a PIN.
    private const string ClaimAccount = "claim";

    public static void MapAccess(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/welcome", (HttpContext context, AccessStore access, ConfigurationKeeper configurations) =>
            TypedResults.Json(Welcome(context, access, configurations), PageJson.Default.WelcomeView)).AllowAnonymous().Produces<WelcomeView>();
        routes.MapPost("/api/claim", Claim).AllowAnonymous().Produces(StatusCodes.Status204NoContent);
        routes.MapPost("/api/login", LogInAsync).AllowAnonymous().Produces(StatusCodes.Status204NoContent);
        routes.MapPost("/api/logout", LogOut);
        routes.MapPut("/api/access/{account}", SetPasswordAsync).RequireAuthorization(Roles.Installer).Produces(StatusCodes.Status204NoContent);
        routes.MapGet("/api/access/audit", (AuditLog audit) => TypedResults.Json(audit.Read(200), PageJson.Default.IReadOnlyListAuditEntry)).RequireAuthorization(Roles.Installer)
            .Produces<IReadOnlyList<AuditEntry>>();
    }

    private static WelcomeView Welcome(HttpContext context, AccessStore access, ConfigurationKeeper configurations)
    {
        var session = context.Features.Get<Session>();
        return new WelcomeView(
            HealthReporter.Version, DeviceSerial.Read(), configurations.Current.Configuration?.Language ?? "zh-CN", access.IsClaimed, access.Names, session?.Role, session?.Token);
    }

    private static IResult Claim(ClaimRequest request, HttpContext context, AccessStore access, ClaimCode code, LoginThrottle throttle, SessionStore sessions, AuditLog audit)
    {
        if (access.IsClaimed)
            return Refusal.Of(StatusCodes.Status409Conflict, PageTexts.AlreadyClaimed.With());
        if (Delay(throttle, ClaimAccount, context) is { } later)
            return later;
        if (!code.Matches(request.Code ?? ""))
        {
            audit.Add(ClaimAccount, context, "wrong claim code", StatusCodes.Status403Forbidden);
            return Refusal.Of(StatusCodes.Status403Forbidden, PageTexts.WrongCode.With());
        }

        throttle.Succeeded(ClaimAccount, AddressOf(context));
        if (FaultOf(request.Password ?? "") is { } fault)
            return Refusal.Of(StatusCodes.Status422UnprocessableEntity, fault);
        try
        {
            if (!access.Claim(request.Password!))
                return Refusal.Of(StatusCodes.Status409Conflict, PageTexts.AlreadyClaimed.With());
        }
        catch (StorageFaultException exception)
        {
            return Refusal.Of(StatusCodes.Status507InsufficientStorage, PageTexts.NotSaved.With(("reason", exception.Says)));
        }

        audit.Add(Roles.Installer, context, "claimed", StatusCodes.Status204NoContent);
        return Begin(Roles.Installer, context, sessions);
    }

    private static async Task<IResult> LogInAsync(
        LoginRequest request, HttpContext context, AccessStore access, LoginThrottle throttle, SessionStore sessions, AuditLog audit, CancellationToken cancellationToken)
    {
        if (!access.IsClaimed)
            return Refusal.Of(StatusCodes.Status409Conflict, PageTexts.ClaimFirst.With());
        var account = Roles.All.FirstOrDefault(role => role == request.Account) ?? Roles.Installer;
        if (Delay(throttle, account, context) is { } later)
            return later;
        if (!await access.MatchesAsync(account, request.Password ?? "", cancellationToken))
        {
            audit.Add(account, context, "wrong PIN", StatusCodes.Status403Forbidden);
            return Refusal.Of(StatusCodes.Status403Forbidden, PageTexts.WrongPassword.With(("account", account)));
        }

        throttle.Succeeded(account, AddressOf(context));
        audit.Add(account, context, "login", StatusCodes.Status204NoContent);
        return Begin(account, context, sessions);
    }

    private static NoContent LogOut(HttpContext context, SessionStore sessions, AuditLog audit)
    {
        var name = SessionAuthentication.CookieOf(context);
        sessions.End(context.Request.Cookies[name] ?? "");
        context.Response.Cookies.Delete(name);
        audit.Add(context.User.Identity?.Name ?? "", context, "logout", StatusCodes.Status204NoContent);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> SetPasswordAsync(
        string account, PasswordRequest request, HttpContext context, AccessStore access, LoginThrottle throttle, SessionStore sessions, CancellationToken cancellationToken)
    {
        if (!Roles.All.Contains(account))
            return Refusal.Of(StatusCodes.Status404NotFound, PageTexts.NotFound.With(("path", context.Request.Path.ToString())));
        if (Delay(throttle, Roles.Installer, context) is { } later)
            return later;
        if (!await access.MatchesAsync(Roles.Installer, request.Current ?? "", cancellationToken))
            return Refusal.Of(StatusCodes.Status403Forbidden, PageTexts.WrongPassword.With(("account", Roles.Installer)));
        throttle.Succeeded(Roles.Installer, AddressOf(context));
        if (FaultOf(request.Password ?? "") is { } fault)
            return Refusal.Of(StatusCodes.Status422UnprocessableEntity, fault);
        try
        {
            access.SetPassword(account, request.Password!);
        }
        catch (StorageFaultException exception)
        {
            return Refusal.Of(StatusCodes.Status507InsufficientStorage, PageTexts.NotSaved.With(("reason", exception.Says)));
        }

        sessions.EndAllOf(account, except: context.Features.Get<Session>()!);
        return TypedResults.NoContent();
    }

    private static NoContent Begin(string role, HttpContext context, SessionStore sessions)
    {
        var cookie = sessions.Begin(role, AddressOf(context));
        context.Response.Cookies.Append(SessionAuthentication.CookieOf(context), cookie, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            Path = "/",
        });
        return TypedResults.NoContent();
    }

    private static JsonHttpResult<Refusal>? Delay(LoginThrottle throttle, string account, HttpContext context)
    {
        var wait = throttle.Take(account, AddressOf(context));
        if (wait <= TimeSpan.Zero)
            return null;
        var seconds = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.RetryAfter = seconds;
        return Refusal.Of(StatusCodes.Status429TooManyRequests, PageTexts.TryLater.With(("seconds", seconds)));
    }

    private static Phrase? FaultOf(string password) => password.Length switch
    {
        < PasswordHash.Shortest or > PasswordHash.Longest => PageTexts.PasswordTooShort.With(
            ("least", PasswordHash.Shortest.ToString(CultureInfo.InvariantCulture)), ("most", PasswordHash.Longest.ToString(CultureInfo.InvariantCulture))),
        _ when PasswordHash.IsTooSimple(password) => PageTexts.PasswordTooSimple.With(),
        _ => null,
    };

    private static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";
}

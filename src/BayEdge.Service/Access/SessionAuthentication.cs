using System.Security.Claims;
using System.Text.Encodings.Web;
using BayEdge.Service.Endpoints;
using BayEdge.Service.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace BayEdge.Service.Access;

/// <summary>Tells from the cookie who is logged in, and says in a sentence why somebody may not.</summary>
internal sealed class SessionAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, SessionStore sessions, AccessStore access)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Name = "session";

    /// <summary>Cookies do not tell ports apart, so two devices on one address, as in a demo, must not log each other out.</summary>
    public static string CookieOf(HttpContext context) => $"bayedge-{context.Connection.LocalPort}";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Cookies[CookieOf(Context)] is not { Length: > 0 } cookie || sessions.Use(cookie) is not { } session)
            return Task.FromResult(AuthenticateResult.NoResult());
        Context.Features.Set(session);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, session.Role), new Claim(ClaimTypes.Role, session.Role)], Name);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Refusal.WriteAsync(
        Context, StatusCodes.Status401Unauthorized, (access.IsClaimed ? PageTexts.LogInFirst : PageTexts.ClaimFirst).With());

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Refusal.WriteAsync(Context, StatusCodes.Status403Forbidden, PageTexts.NotAllowed.With());
}

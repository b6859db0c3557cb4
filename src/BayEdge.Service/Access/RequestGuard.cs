using System.Net;
using System.Net.NetworkInformation;
using System.Security.Cryptography;
using System.Text;
using BayEdge.Service.Endpoints;
using BayEdge.Service.Hosting;

namespace BayEdge.Service.Access;

/// <summary>Keeps other pages' hands off the device: foreign names (DNS rebinding), foreign origins, requests without the session's token.</summary>
internal static class RequestGuard
{
    /// <summary>Carries <see cref="Session.Token"/>.</summary>
    public const string TokenHeader = "X-BayEdge-Token";

    private const string ContentPolicy =
        "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static void UseRequestGuard(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (!IsOwnHost(context))
            await Refusal.WriteAsync(context, StatusCodes.Status421MisdirectedRequest, PageTexts.ForeignHost.With(("host", context.Request.Host.Host)));
        else if (ChangesSomething(context.Request) && !IsOwnOrigin(context.Request))
            await Refusal.WriteAsync(context, StatusCodes.Status403Forbidden, PageTexts.ForeignOrigin.With());
        else
            await next(context);
    });

    /// <summary>After authentication: whoever is logged in proves with the token that the request comes from the device's own page.</summary>
    public static void UseTokenGuard(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (ChangesSomething(context.Request) && context.Features.Get<Session>() is { } session && !HasToken(context.Request, session))
            await Refusal.WriteAsync(context, StatusCodes.Status403Forbidden, PageTexts.TokenMissing.With());
        else
            await next(context);
    });

    private static bool ChangesSomething(HttpRequest request) => !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);

    private static bool HasToken(HttpRequest request, Session session) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(request.Headers[TokenHeader].ToString()), Encoding.UTF8.GetBytes(session.Token));

    // Browsers send Origin with everything but GET and HEAD; programs do not, and no page can make one speak for it.
    private static bool IsOwnOrigin(HttpRequest request) =>
        request.Headers.Origin.ToString() is not { Length: > 0 } origin
        || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));

    private static bool IsOwnHost(HttpContext context)
    {
        var host = context.Request.Host.Host.Trim('[', ']').TrimEnd('.');
        if (IPAddress.TryParse(host, out var address))
            return IPAddress.IsLoopback(address) || address.Equals(context.Connection.LocalIpAddress?.MapToIPv4()) || OwnAddresses().Contains(address);
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host.Equals(Environment.MachineName, StringComparison.OrdinalIgnoreCase)
            || host.Equals($"{Environment.MachineName}.local", StringComparison.OrdinalIgnoreCase);
    }

    private static HashSet<IPAddress> OwnAddresses() => [.. NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(link => link.GetIPProperties().UnicastAddresses).Select(own => own.Address)];
}

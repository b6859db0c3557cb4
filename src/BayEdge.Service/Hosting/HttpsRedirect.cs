using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace BayEdge.Service.Hosting;

internal static class HttpsRedirect
{
    /// <summary>Where the page is served over HTTPS, whoever comes without is led there.</summary>
    public static void UseHttpsWhereThereIs(this WebApplication app)
    {
        // Ports are known only once the server listens.
        var port = new Lazy<int?>(() => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses
            .Select(address => new Uri(address)).Where(address => address.Scheme == Uri.UriSchemeHttps).Select(address => (int?)address.Port).FirstOrDefault());
        app.Use(async (context, next) =>
        {
            if (context.Request.IsHttps || port.Value is not { } https || !context.Request.Path.HasValue)
                await next(context);
            else
                context.Response.Redirect($"https://{new HostString(context.Request.Host.Host, https)}{context.Request.PathBase}{context.Request.Path}{context.Request.QueryString}", permanent: false, preserveMethod: true);
        });
    }
}

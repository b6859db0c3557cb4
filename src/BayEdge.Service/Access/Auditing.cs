namespace BayEdge.Service.Access;

internal static class Auditing
{
    /// <summary>Writes down whatever somebody who is logged in changes, and with what success.</summary>
    public static void UseAudit(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        await next(context);
        if (!HttpMethods.IsGet(context.Request.Method) && !AuditLog.Knows(context) && context.Features.Get<Session>() is { } session)
            context.RequestServices.GetRequiredService<AuditLog>().Add(session.Role, context, $"{context.Request.Method} {context.Request.Path}", context.Response.StatusCode);
    });
}

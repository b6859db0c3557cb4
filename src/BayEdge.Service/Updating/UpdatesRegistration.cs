namespace BayEdge.Service.Updating;

internal static class UpdatesRegistration
{
    /// <summary>Updates over the page.</summary>
    public static void AddUpdates(this IServiceCollection services)
    {
        services.AddSingleton<UpdateFolders>();
        services.AddSingleton<UpdateKeeper>();
        services.AddHostedService<UpdateTrial>();
    }
}

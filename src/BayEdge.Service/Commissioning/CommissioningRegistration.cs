using BayEdge.Service.Commissioning.Network;
using BayEdge.Service.Commissioning.Rules;
using BayEdge.Service.Endpoints;
using BayEdge.Service.Hosting;

namespace BayEdge.Service.Commissioning;

/// <summary>Everything that the installation is made of. It belongs to the page, and so outlives every restart of the watching.</summary>
internal static class CommissioningRegistration
{
    public static void AddCommissioning(this IServiceCollection services, PageHostOptions options)
    {
        services.AddSingleton<ProgressFile>();
        services.AddSingleton<CommissioningKeeper>();
        services.AddSingleton(_ => new CameraLooks(options.NetworkClock));
        services.AddSingleton<TagsWatch>();
        services.AddSingleton<TrialGate>();
        services.AddSingleton(provider => new WalkService(provider.GetRequiredService<CommissioningKeeper>(), options.BayClock));
        services.AddHostedService(provider => provider.GetRequiredService<WalkService>());
        services.AddSingleton(provider =>
        {
            var walk = provider.GetRequiredService<WalkService>();
            return new RuntimeObservers([walk], [walk], [walk], provider.GetRequiredService<TrialGate>());
        });
        services.AddSingleton<INetworkSettings>(provider => new NetworkManagerSettings(options.NetworkClock));
        services.AddSingleton<NetworkChange>();
        services.AddHostedService(provider => provider.GetRequiredService<NetworkChange>());
        services.AddSingleton<CentralStep>();
        services.AddSingleton<SourceTrials>();
        services.AddSingleton<RuleReplay>();
        services.AddSingleton<SetupSteps>();
        services.AddSingleton<Handovers>();
        services.AddHostedService(provider => provider.GetRequiredService<Handovers>());
        services.AddSingleton<CommissioningTopic>();
        services.AddSingleton<IPageTopic>(provider => provider.GetRequiredService<CommissioningTopic>());
        services.AddSingleton<IPageTopic, TagsTopic>();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, SetupJson.Default));
    }
}

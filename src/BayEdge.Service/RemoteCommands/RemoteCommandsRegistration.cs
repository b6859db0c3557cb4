using BayEdge.Core.Commands;
using BayEdge.Messaging.Publishing;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BayEdge.Service.RemoteCommands;

internal static class RemoteCommandsRegistration
{
    /// <summary>Lets the central system command the device over its broker.</summary>
    /// <param name="networkClock">Of everything that waits for a network.</param>
    public static void AddRemoteCommands(this IServiceCollection services, TimeProvider networkClock)
    {
        services.TryAddSingleton<IEvidencePictures, NoEvidencePictures>();
        services.AddSingleton<Diagnostics>();
        services.AddSingleton<CommandMemoryFile>();
        services.AddSingleton<ConfigurationCommands>();
        services.AddSingleton<CommandExecutor>();
        services.AddHostedService(provider => new RemoteCommandService(
            provider.GetRequiredService<Core.Configuration.EdgeConfiguration>(),
            provider.GetRequiredService<MqttPublisher>(),
            provider.GetRequiredService<CommandExecutor>(),
            provider.GetRequiredService<CommandMemoryFile>(),
            provider.GetRequiredService<UnsentReplies>(),
            networkClock,
            provider.GetRequiredService<ILogger<RemoteCommandService>>()));
    }
}

namespace BayEdge.Service.Configuring;

/// <summary>Notices a file changed by hand, and a change that nobody confirmed.</summary>
/// <remarks>Looks instead of waiting for word of the file system: that does not come from every kind of disk.</remarks>
internal sealed class ConfigurationWatch(ConfigurationKeeper keeper, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Every, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stoppingToken.IsCancellationRequested)
                await keeper.LookAsync(stoppingToken);
        }
    }
}

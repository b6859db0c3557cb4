using BayEdge.Core.Delivery;
using BayEdge.Service.Endpoints;
using BayEdge.Service.Status;

namespace BayEdge.Service.Updating;

/// <summary>Tells <c>bayedge-update</c> that this version works, once it has for a while: as well as the one before, faults that were there before aside.</summary>
internal sealed partial class UpdateTrial(UpdateFolders folders, DeviceStatus status, TimeProvider time, ILogger<UpdateTrial> logger) : BackgroundService
{
    private static readonly TimeSpan Steadily = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);

    /// <summary>What does not work, as names that stay the same however it is worded.</summary>
    public static IReadOnlyList<string> FaultsOf(DeviceStatus status) =>
    [
        .. status.FaultOfWork() is null ? Array.Empty<string>() : ["work"],
        .. status.Read().Faults.Where(fault => fault.Level == FaultView.Bad)
            .Select(fault => fault.Says.Values.TryGetValue("source", out var source) ? $"{fault.Says.Key} {source}" : fault.Says.Key).Distinct(),
    ];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (folders.ReadTold() is not { Phase: "trial" } told || told.To != UpdateKeeper.Runs.ToString())
            return;
        var before = folders.ReadFaults().ToHashSet(StringComparer.Ordinal);
        var works = time.GetTimestamp();
        while (time.GetElapsedTime(works) < Steadily)
        {
            await Task.Delay(Between, time, stoppingToken);
            if (FaultsOf(status).Any(fault => !before.Contains(fault)))
                works = time.GetTimestamp();
        }

        await TellAsync(told, stoppingToken);
    }

    private async Task TellAsync(ToldUpdate told, CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                folders.WriteGood(told.To);
                Works(logger, told.To, told.From);
                return;
            }
            catch (StorageFaultException)
            {
                // A disk that takes nothing is said on the page already; where it stays so, the version before comes back.
                await Task.Delay(Between, time, stoppingToken);
            }
        }
    }

    [LoggerMessage(EventId = 1911, Level = LogLevel.Information, Message = "Version {To} works as well as {From} did, and stays")]
    private static partial void Works(ILogger logger, string to, string from);
}

using BayEdge.Faults.Played;
using BayEdge.Faults.Schedules;

namespace BayEdge.Faults.World;

/// <summary>Does to a world what a schedule says, and mends it.</summary>
internal sealed class FaultActions(RunWorld world, double eventsPerSecond)
{
    private const double Rush = 8;
    private const int NamesakeCalls = 3;

    private Task _namesake = Task.CompletedTask;

    public async Task BeginAsync(Fault fault, CancellationToken cancellationToken)
    {
        switch (fault.Kind)
        {
            case FaultKind.BrokerKilled:
                await world.Broker.KillAsync();
                break;
            case FaultKind.BrokerEmptied:
                await world.Broker.KillAsync();
                world.Broker.Empty();
                break;
            case FaultKind.BrokerFrozen:
                world.Broker.Freeze();
                break;
            case FaultKind.BrokerRefuses:
                world.Broker.Know(false);
                await world.Broker.RestartAsync(cancellationToken);
                break;
            case FaultKind.DeviceKilled:
                await world.Device.KillAsync();
                break;
            case FaultKind.DeviceStopped:
                // While the disk is full or the broker away it may take long, which is no fault; how it ends is looked at later.
                await world.Device.StopAsync();
                break;
            case FaultKind.JournalLost:
                await world.Device.KillAsync();
                world.LoseJournal();
                break;
            case FaultKind.DeviceFrozen:
                world.Device.Freeze();
                break;
            case FaultKind.DeviceCutOff:
                world.Network.DropToAndFrom(Names.DevicePort, true);
                break;
            case FaultKind.DeviceDeaf:
                world.Network.DropFrom(Names.DevicePort, true);
                break;
            case FaultKind.DiskFull:
                world.Disk.Fill();
                break;
            case FaultKind.ClockSetBack or FaultKind.ClockSetForward:
                world.MoveClock(fault.ClockSeconds);
                break;
            case FaultKind.Namesake:
                _namesake = CallInItsNameAsync(fault, cancellationToken);
                break;
            case FaultKind.CentralKilled:
                await world.Central.KillAsync();
                break;
            case FaultKind.CentralCutOff:
                world.Network.DropToAndFrom(Names.CentralPort, true);
                break;
            case FaultKind.CentralMute:
                world.Network.DropTo(Names.CentralPort, true);
                break;
            case FaultKind.QueueFull:
                world.Central.Freeze();
                world.SetRate(Rush * eventsPerSecond);
                break;
            case FaultKind.CentralAwayForDays:
                await world.Central.KillAsync();
                world.MoveClock(fault.ClockSeconds);
                world.SetRate(Rush * eventsPerSecond);
                break;
            case FaultKind.LedgerDiskFull:
                world.LedgerDisk.Fill();
                break;
            case FaultKind.LossyNetwork:
                world.Network.LoseAFifth(true);
                break;
            case FaultKind.SlowNetwork:
                RunNetwork.Slow(true);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault.Kind, "A fault that nobody does.");
        }
    }

    public async Task EndAsync(Fault fault, CancellationToken cancellationToken)
    {
        switch (fault.Kind)
        {
            case FaultKind.BrokerKilled or FaultKind.BrokerEmptied:
                await world.Broker.RestartAsync(cancellationToken);
                break;
            case FaultKind.BrokerFrozen:
                world.Broker.Thaw();
                break;
            case FaultKind.BrokerRefuses:
                world.Broker.Know(true);
                await world.Broker.RestartAsync(cancellationToken);
                break;
            case FaultKind.DeviceKilled or FaultKind.DeviceStopped or FaultKind.JournalLost:
                world.Device.Start();
                break;
            case FaultKind.DeviceFrozen:
                world.Device.Thaw();
                break;
            case FaultKind.DeviceCutOff:
                world.Network.DropToAndFrom(Names.DevicePort, false);
                break;
            case FaultKind.DeviceDeaf:
                world.Network.DropFrom(Names.DevicePort, false);
                break;
            case FaultKind.DiskFull:
                world.Disk.Empty();
                break;
            case FaultKind.ClockSetBack or FaultKind.ClockSetForward:
                // It stays as it was set.
                break;
            case FaultKind.Namesake:
                await _namesake;
                break;
            case FaultKind.CentralKilled:
                world.Central.Start();
                break;
            case FaultKind.CentralCutOff:
                world.Network.DropToAndFrom(Names.CentralPort, false);
                break;
            case FaultKind.CentralMute:
                world.Network.DropTo(Names.CentralPort, false);
                break;
            case FaultKind.QueueFull:
                world.SetRate(eventsPerSecond);
                world.Central.Thaw();
                break;
            case FaultKind.CentralAwayForDays:
                world.SetRate(eventsPerSecond);
                await RunBroker.TakeOverAsync(Names.CentralClientId, Names.CentralUser, Names.CentralPort, TimeSpan.Zero, cancellationToken);
                world.Central.Start();
                break;
            case FaultKind.LedgerDiskFull:
                world.LedgerDisk.Empty();
                break;
            case FaultKind.LossyNetwork:
                world.Network.LoseAFifth(false);
                break;
            case FaultKind.SlowNetwork:
                RunNetwork.Slow(false);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault.Kind, "A fault that nobody mends.");
        }
    }

    private static async Task CallInItsNameAsync(Fault fault, CancellationToken cancellationToken)
    {
        for (var call = 0; call < NamesakeCalls; call++)
        {
            await RunBroker.TakeOverAsync(
                Names.DeviceClientId, Names.DeviceUser, Names.DevicePort, TimeSpan.FromSeconds(fault.Seconds / NamesakeCalls), cancellationToken);
        }
    }
}

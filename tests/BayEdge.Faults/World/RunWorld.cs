using System.Globalization;
using BayEdge.Contracts.Events;
using BayEdge.Core.Configuration;
using BayEdge.Faults.Played;
using BayEdge.Faults.Schedules;
using BayEdge.TestKit;

namespace BayEdge.Faults.World;

/// <summary>A broker, a device and a consumer, each with a disk and a network of its own, and what can be done to them.</summary>
internal sealed class RunWorld : IAsyncDisposable
{
    private const int DiskKilobytes = 16 * 1024;

    private static readonly string FakeTime = Directory.GetDirectories("/usr/lib")
        .Select(architecture => Path.Combine(architecture, "faketime", "libfaketimeMT.so.1"))
        .First(File.Exists);

    private readonly string _folder;
    private readonly FaultSchedule _schedule;
    private readonly DeliveryConfirmation _confirmation;
    private readonly SmallDisk _disk;
    private readonly SmallDisk _ledgerDisk;
    private readonly HashSet<EventPosition> _gone = [];
    private long _clockSeconds;

    private RunWorld(string folder, FaultSchedule schedule, DeliveryConfirmation confirmation, RunNetwork network, RunBroker broker)
    {
        (_folder, _schedule, _confirmation, Network, Broker) = (folder, schedule, confirmation, network, broker);
        (_disk, _ledgerDisk) = (MountDisk(), MountDisk());
        Device = new RunProcess(StartDevice);
        Central = new RunProcess(_ => ToolProcess.Start(Environment.ProcessPath!, "central", LedgerPath));
    }

    public RunBroker Broker { get; }

    public RunProcess Device { get; }

    public RunProcess Central { get; }

    public RunNetwork Network { get; }

    /// <summary>The events that went with a journal before anybody had confirmed them.</summary>
    public IReadOnlySet<EventPosition> Gone => _gone;

    public SmallDisk Disk => _disk;

    public SmallDisk LedgerDisk => _ledgerDisk;

    public string LogPath => Path.Combine(_folder, "device.log");

    public string LedgerPath => Path.Combine(_ledgerDisk.Path, "ledger.db");

    private string RatePath => Path.Combine(_folder, "rate");

    private string ClockPath => Path.Combine(_folder, "clock");

    public static async Task<RunWorld> StartAsync(
        string folder, FaultSchedule schedule, DeliveryConfirmation confirmation, CancellationToken cancellationToken)
    {
        var network = RunNetwork.BringUp();
        var world = new RunWorld(folder, schedule, confirmation, network, await RunBroker.StartAsync(schedule.Broker, cancellationToken));
        world.SetRate(schedule.EventsPerSecond);
        world.MoveClock(0);
        world.Central.Start();
        world.Device.Start();
        await world.Central.WaitForAsync(PlayedCentral.ConnectedWord, cancellationToken);
        await world.Device.WaitForAsync(PlayedDevice.ConnectedWords, cancellationToken);
        return world;
    }

    /// <summary>How many events the bays decide a second from now on.</summary>
    public void SetRate(double eventsPerSecond)
    {
        // Renamed into place, so that it is never read half.
        File.WriteAllText(RatePath + ".new", eventsPerSecond.ToString(CultureInfo.InvariantCulture));
        File.Move(RatePath + ".new", RatePath, overwrite: true);
    }

    /// <summary>Sets the device's calendar clock, running or not, and leaves its monotonic clock alone.</summary>
    public void MoveClock(long seconds)
    {
        _clockSeconds += seconds;
        File.WriteAllText(ClockPath + ".new", _clockSeconds.ToString("+0;-0", CultureInfo.InvariantCulture));
        File.Move(ClockPath + ".new", ClockPath, overwrite: true);
    }

    /// <summary>Takes the journal of a killed device away.</summary>
    public void LoseJournal()
    {
        _gone.UnionWith(JournalRows.Read(_disk.Path));
        foreach (var file in Directory.GetFiles(_disk.Path, "journal.db*"))
            File.Delete(file);
    }

    public async ValueTask DisposeAsync()
    {
        await Device.DisposeAsync();
        await Central.DisposeAsync();
        await Broker.DisposeAsync();
        _disk.Dispose();
        _ledgerDisk.Dispose();
    }

    private static SmallDisk MountDisk() =>
        SmallDisk.TryMount(DiskKilobytes) ?? throw new InvalidOperationException("No disk can be mounted here.");

    private ToolProcess StartDevice(int life)
    {
        var environment = new Dictionary<string, string>();
        if (_schedule.Faults.Any(fault => fault.ClockSeconds != 0))
        {
            // libfaketime(1): the file is read anew at most once a second, and only the calendar clock is moved.
            environment["LD_PRELOAD"] = FakeTime;
            environment["FAKETIME_TIMESTAMP_FILE"] = ClockPath;
            environment["FAKETIME_CACHE_DURATION"] = "1";
            environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
            environment["DONT_FAKE_MONOTONIC"] = "1";
            environment["NO_FAKE_STAT"] = "1";
        }

        return ToolProcess.Start(
            Environment.ProcessPath!,
            ["device", _disk.Path, LogPath, RatePath, life.ToString(CultureInfo.InvariantCulture), $"{_confirmation}"],
            environment);
    }
}

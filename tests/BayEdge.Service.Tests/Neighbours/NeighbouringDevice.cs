using System.Collections.Concurrent;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Messaging.Publishing;
using BayEdge.Service.Bays;
using BayEdge.Service.Neighbours;
using BayEdge.Storage.Journal;
using BayEdge.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace BayEdge.Service.Tests.Neighbours;

/// <summary>What a device has between its readers, its bays and the broker: all of it real but the bays, which only write down.</summary>
internal sealed class NeighbouringDevice : IBayInputs, IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SqliteJournal _journal;
    private readonly NeighbourMemory _memory;
    private readonly NeighbourBoard _board;
    private readonly NeighbourService _service;
    private readonly Task _publishing;
    private readonly ConcurrentQueue<TrackerInput> _learnt = new();

    public NeighbouringDevice(MosquittoBroker broker, string name)
    {
        var configuration = Workshop.WithBays(2) with { Device = name };
        _journal = SqliteJournal.Open(new JournalOptions { Folder = _folder.Path }, TimeProvider.System);
        _memory = new NeighbourMemory(_folder.Path);
        _board = new NeighbourBoard(configuration, TimeProvider.System, _memory.HasNeighbours);
        Assert.True(Contracts.BrokerAddress.TryParse(broker.Url, out var address, out var problem), problem);
        var publisher = new MqttPublisher(
            new MqttPublisherOptions
            {
                Site = configuration.Site,
                Device = name,
                Broker = address!,
                BootId = $"boot-of-{name}",
                Neighbours = true,
                FirstRetry = TimeSpan.FromMilliseconds(100),
                LongestRetry = TimeSpan.FromMilliseconds(500),
            },
            _journal,
            _board,
            TimeProvider.System,
            NullLogger<MqttPublisher>.Instance,
            Random.Shared.NextDouble);
        _service = new NeighbourService(
            _board, _memory, publisher, this, () => new ClockInfo(ClockState.Synced, 1, $"boot-of-{name}"), TimeProvider.System, NullLogger<NeighbourService>.Instance);
        _publishing = Task.Run(() => publisher.RunAsync(_stop.Token));
    }

    /// <summary>What the bays were told, in its order.</summary>
    public IReadOnlyList<TrackerInput> Learnt => [.. _learnt];

    public IReadOnlyList<NeighbourHeard> Heard => [.. _learnt.OfType<NeighbourHeard>()];

    /// <summary>What the bays were told last of the neighbours being in reach; null for nothing.</summary>
    public bool? Reachable => _learnt.OfType<NeighboursReachable>().LastOrDefault()?.Reachable;

    public static async Task<NeighbouringDevice> StartAsync(MosquittoBroker broker, string name)
    {
        var device = new NeighbouringDevice(broker, name);
        await device._service.StartAsync(TestContext.Current.CancellationToken);
        return device;
    }

    /// <summary>The device's reader reads a tag now.</summary>
    public ObservedAt Read(string tag, int bay, double rssiDbm)
    {
        var now = TimeProvider.System.Observe();
        _board.Saw(new TagSighting(now, Workshop.Reader, bay, tag, rssiDbm, 1));
        return now;
    }

    /// <summary>The device has decided that the tag's vehicle is in the bay.</summary>
    public void HasInVisit(string tag, string bay) => ((IBayObserver)_board).BaysChanged(
    [
        new BayStateMessage
        {
            Bay = bay,
            State = BayOccupancy.Occupied,
            VisitId = "visit-1",
            Vehicle = new Vehicle { Tags = [tag] },
            AsOf = TimeProvider.System.GetUtcNow(),
        },
    ]);

    public ValueTask SendAsync(TrackerInput input, CancellationToken cancellationToken)
    {
        _learnt.Enqueue(input);
        return ValueTask.CompletedTask;
    }

    public bool TrySend(TrackerInput input)
    {
        _learnt.Enqueue(input);
        return true;
    }

    public async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
            await Task.Delay(20, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.StopAsync(CancellationToken.None);
        await _stop.CancelAsync();
        await _publishing;
        _service.Dispose();
        _journal.Dispose();
        _folder.Dispose();
        _stop.Dispose();
    }
}

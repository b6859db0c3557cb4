using BayEdge.Central.Broker;
using BayEdge.Central.Ledger;
using BayEdge.Contracts.Consuming;

namespace BayEdge.Central.Fleet;

/// <summary>Connects the devices, lets them send at a steady rate, and holds the ledger against what they sent.</summary>
internal sealed class FleetRun(FleetOptions options, BrokerSession session, TimeProvider time)
{
    private const int Seed = 5;

    private static readonly DateTimeOffset FirstEpoch = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly List<FleetDevice> _devices = [];

    public FleetFigures Figures { get; } = new();

    public long EventsSent => _devices.Sum(device => device.Script.Count);

    public long Unacknowledged => _devices.Sum(device => device.Unacknowledged);

    /// <summary>Makes the devices and connects them all.</summary>
    /// <returns>How long it took.</returns>
    /// <exception cref="BrokerFaultException">One could not connect.</exception>
    public async Task<TimeSpan> ConnectAsync(CancellationToken cancellationToken)
    {
        var epoch = (int)(time.GetUtcNow() - FirstEpoch).TotalSeconds;
        for (var i = 0; i < options.Devices; i++)
            _devices.Add(new FleetDevice(new EventSource($"fleet-{i % options.Sites:000}", $"device-{i:00000}", epoch), Figures, time));

        var begun = time.GetTimestamp();
        await Parallel.ForEachAsync(
            _devices,
            new ParallelOptions { MaxDegreeOfParallelism = options.ParallelConnects, CancellationToken = cancellationToken },
            async (device, token) => await device.ConnectAsync(session, token));
        return time.GetElapsedTime(begun);
    }

    /// <summary>Sends for the time that was asked for, then until everything is acknowledged or the limit is over.</summary>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        var random = new Random(Seed);
        var begun = time.GetTimestamp();
        var underWay = new List<Task>();
        long sent = 0;
        while (time.GetElapsedTime(begun) is var elapsed && elapsed < options.Duration)
        {
            for (var due = (long)(elapsed.TotalSeconds * options.EventsPerSecond); sent < due; sent++)
                underWay.Add(_devices[random.Next(_devices.Count)].SendNextAsync(cancellationToken));
            underWay.RemoveAll(task => task.IsCompletedSuccessfully);
            await Task.Delay(Tick, time, cancellationToken);
        }

        await Task.WhenAll(underWay);
        await SettleAsync(cancellationToken);
    }

    /// <summary>What the ledger does not hold as it was sent, a sentence each.</summary>
    public IReadOnlyList<string> Differences(CentralLedger ledger)
    {
        var visits = ledger.ReadVisits().ToLookup(visit => (visit.Site, visit.Device));
        var differences = new List<string>();
        foreach (var device in _devices.Where(device => device.Script.Count > 0))
        {
            var held = ledger.Sources.TryGetValue(device.Source, out var state) ? state.Held : [];
            if (!held.SequenceEqual([new SequenceRange(1, device.Script.Count)]))
                differences.Add($"{device.Source} sent 1 to {device.Script.Count}, but the ledger holds {(held.Count == 0 ? "nothing" : string.Join(", ", held))}");

            var truth = VisitProjection.Fold(device.Script.Received).Select(Words).Order(StringComparer.Ordinal);
            var ours = visits[(device.Source.Site, device.Source.Device)].Where(visit => visit.VisitId.StartsWith(device.Script.VisitId(""), StringComparison.Ordinal));
            if (!ours.Select(Words).Order(StringComparer.Ordinal).SequenceEqual(truth))
                differences.Add($"the visits of {device.Source} are not those that were sent");
        }

        return differences;
    }

    /// <summary>Takes every trace of the devices from the broker and closes their connections.</summary>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Parallel.ForEachAsync(
                _devices,
                new ParallelOptions { MaxDegreeOfParallelism = options.ParallelConnects, CancellationToken = cancellationToken },
                async (device, token) => await device.ForgetAsync(token));
        }
        catch (BrokerFaultException fault)
        {
            Figures.Refused(fault.Message);
        }

        foreach (var device in _devices)
            await device.DisposeAsync();
    }

    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var sentAgain = begun;
        while (Unacknowledged > 0 && time.GetElapsedTime(begun) < options.SettleLimit)
        {
            if (time.GetElapsedTime(sentAgain) > options.Resend)
            {
                foreach (var device in _devices.Where(device => device.Unacknowledged > 0))
                    await device.SendAgainAsync(options.Resend, cancellationToken);
                sentAgain = time.GetTimestamp();
            }

            await Task.Delay(Look, time, cancellationToken);
        }
    }

    private static string Words(Visit visit) => $"{visit.VisitId} {visit.Bay} {visit.Entered?.At:O} {visit.Left?.At:O} {visit.OccupiedSeconds} {visit.IsRetracted}";
}

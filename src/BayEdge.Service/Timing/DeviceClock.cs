using BayEdge.Contracts.Events;
using BayEdge.Core.Timing;

namespace BayEdge.Service.Timing;

/// <summary>Keeps the ledger of the device's clock: looked after by the bay loop, read by anybody.</summary>
/// <param name="start">What is known at the start.</param>
/// <param name="read">Asks the operating system.</param>
internal sealed class DeviceClock(ClockLedger start, Func<ClockReading> read, TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private ClockLedger _ledger = start;
    private TimeSpan? _lookedAt;

    public ClockLedger Ledger => Volatile.Read(ref _ledger);

    public string BootId => Ledger.BootId;

    /// <summary>How far the clock can be trusted now.</summary>
    public ClockInfo Now => Ledger.InfoAt(time.Observe().Monotonic);

    /// <summary>Goes on from what this device knew when it last wrote; nothing once somebody has looked, who knows more.</summary>
    public void Resume(ClockLedger? saved)
    {
        if (saved is not null && _lookedAt is null)
            Volatile.Write(ref _ledger, ClockLedger.Resume(BootId, saved));
    }

    /// <summary>Looks at the clock, once a second at most.</summary>
    public ClockNews Look()
    {
        var now = time.Observe().Monotonic;
        if (_lookedAt is { } last && now - last < Every)
            return default;
        if (time.ObserveClosely() is not { } observed)
            return default;

        _lookedAt = now;
        var (ledger, news) = Ledger.Observe(observed, read());
        Volatile.Write(ref _ledger, ledger);
        return news;
    }
}

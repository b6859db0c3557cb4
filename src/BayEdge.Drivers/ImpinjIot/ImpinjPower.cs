using BayEdge.Core.Bays;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.ImpinjIot;

/// <summary>The power that a reader was told to send with, held against the one that it names with each tag.</summary>
internal sealed class ImpinjPower(ImpinjIotSettings settings, TimeProvider time)
{
    /// <summary>Readers send in steps of a quarter of a decibel.</summary>
    private const double StepDb = 0.25;

    /// <summary>So long after a change lines of before may still be on their way.</summary>
    private static readonly TimeSpan OnTheWay = TimeSpan.FromSeconds(5);

    // Ordered by one loop and compared by another, so each sees either all of an order or nothing.
    private volatile State _state = new(settings.PowerDbm, ToldDbm: null, Changed: null);

    public double OrderedDbm => _state.OrderedDbm;

    /// <summary>As the reader last named it, else as it was told to.</summary>
    public double NowDbm => _state is var state && state.ToldDbm is { } told ? told : state.OrderedDbm;

    public void Order(double powerDbm) => _state = new State(powerDbm, ToldDbm: null, time.GetTimestamp());

    /// <exception cref="DeviceFaultException">The reader sends with another power than it was told to.</exception>
    public void Compare(ImpinjEvent found)
    {
        if (found.PowerDbm is not { } used)
            return;
        var state = _state;
        if (Math.Abs(used - state.OrderedDbm) <= StepDb)
            Interlocked.CompareExchange(ref _state, state with { ToldDbm = used }, state);
        else if (state.Changed is not { } changed || time.GetElapsedTime(changed) > OnTheWay)
            throw Unlike(state.OrderedDbm, used, found.Antenna ?? settings.Antennas[0]);
    }

    private DeviceFaultException Unlike(double orderedDbm, double usedDbm, int antenna) => new(
        DeviceFaultKind.Refused,
        $"The reader at {settings.Address} was told to send with {InWords(orderedDbm)} through port {antenna} but uses {InWords(usedDbm)}. Set powerDbm to what the reader can do.");

    private static Wording InWords(double dBm) => $"{dBm:0.##} dBm";

    /// <param name="Changed">When it was ordered; null for what the reader began with.</param>
    private sealed record State(double OrderedDbm, double? ToldDbm, long? Changed);
}

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

    private long? _changed;

    public double OrderedDbm { get; private set; } = settings.PowerDbm;

    /// <summary>As the reader last named it; null while it has named none.</summary>
    public double? ToldDbm { get; private set; }

    public void Order(double powerDbm)
    {
        (OrderedDbm, ToldDbm) = (powerDbm, null);
        _changed = time.GetTimestamp();
    }

    /// <exception cref="DeviceFaultException">The reader sends with another power than it was told to.</exception>
    public void Compare(ImpinjEvent found)
    {
        if (found.PowerDbm is not { } used)
            return;
        if (Math.Abs(used - OrderedDbm) <= StepDb)
            ToldDbm = used;
        else if (_changed is not { } changed || time.GetElapsedTime(changed) > OnTheWay)
            throw Unlike(used, found.Antenna ?? settings.Antennas[0]);
    }

    private DeviceFaultException Unlike(double usedDbm, int antenna) => new(
        DeviceFaultKind.Refused,
        $"The reader at {settings.Address} was told to send with {InWords(OrderedDbm)} through port {antenna} but uses {InWords(usedDbm)}. Set powerDbm to what the reader can do.");

    private static Wording InWords(double dBm) => $"{dBm:0.##} dBm";
}

using System.Collections.Immutable;
using BayEdge.Core.Bays;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Llrp.Protocol;

namespace BayEdge.Drivers.Llrp;

/// <summary>Tells which events of a reader mean that it reads no longer, though its keep-alives go on.</summary>
/// <remarks>
/// Unnoticed, such silence would pass for vehicles that left. An overflow of the reader's buffer is none of these: it costs
/// reads, and reading goes on.
/// </remarks>
/// <param name="antennas">The configured ports; none means that nobody says on which ones an antenna belongs.</param>
internal sealed class ReadingWatch(HostAndPort address, uint roSpecId, ImmutableArray<ushort> antennas)
{
    /// <summary>What the reader is to tell, for SET_READER_CONFIG.</summary>
    public static ReaderEventNotificationSpec Events { get; } = new(
    [
        new EventNotificationState(EventNotificationState.RoSpec, Enabled: true),
        new EventNotificationState(EventNotificationState.ReaderException, Enabled: true),
        new EventNotificationState(EventNotificationState.Antenna, Enabled: true),
    ]);

    /// <summary>The fault that the events amount to; null when reading goes on.</summary>
    public DeviceFaultException? FaultIn(ReaderEventNotificationData events)
    {
        foreach (var happening in events.Parameters)
        {
            var sentence = happening switch
            {
                RoSpecEvent ended when ended.RoSpecId == roSpecId && ended.Change != RoSpecEvent.Started =>
                    Wording.Of($"The reader at {address} stopped reading by itself; it is ordered to read again. End any other program that uses it."),
                AntennaEvent { Connected: false } off when antennas.Contains(off.Antenna) => AntennaPorts.Unplugged(address, [off.Antenna]),
                ReaderExceptionEvent exception =>
                    $"The reader at {address} reports a fault of its own: \"{exception.Text}\". It is connected anew; restart it if this repeats.",
                _ => null,
            };
            if (sentence is not null)
                return new DeviceFaultException(DeviceFaultKind.Lost, sentence);
        }

        return null;
    }
}

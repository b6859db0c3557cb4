using BayEdge.Core.Timing;

namespace BayEdge.Messaging.Publishing;

/// <summary>Notices that another device with this one's name is at the broker: each connection of the one ends that of the other.</summary>
/// <remarks>
/// MQTT 5 has a word for it (0x8E), which Mosquitto 2.0 does not say. Where the broker hangs up without a word, lets the device in
/// again at the first attempt, and soon hangs up again, over and over, it is most likely the same: a broker that was restarted, or
/// a network that is away, does not let in at once.
/// </remarks>
internal sealed class NamesakeWatch(MqttPublisherOptions options, Dangers dangers, Func<double> random, TimeProvider time)
{
    private const string Danger = "namesake";
    private const int EnoughNamed = 3;
    private const int EnoughUnnamed = 5;

    // A connection that lasted longer than any two waits of an ordinary device was not taken by one that waits for it.
    private const int WaitsOfNamesake = 2;

    private Backoff _waits = NewWaits(options, random);
    private int _named;
    private int _unnamed;
    private bool _hungUp;
    private long _connectedAt;

    /// <summary>The device was let in.</summary>
    public void Connected()
    {
        _connectedAt = time.GetTimestamp();
        if (_hungUp)
            _unnamed++;
        _hungUp = false;
        Say();
    }

    /// <summary>An attempt, or what it led to, ended.</summary>
    /// <returns>How long to leave the connection to the other; null where nothing says that there is one.</returns>
    public TimeSpan? Ended(BrokerFaultKind kind, bool wasConnected)
    {
        _hungUp = kind == BrokerFaultKind.HungUp && wasConnected && time.GetElapsedTime(_connectedAt) < WaitsOfNamesake * options.LongestRetry;
        if (kind != BrokerFaultKind.TakenOver)
            return null;
        _named++;
        Say();
        return _waits.Next();
    }

    /// <summary>Ends the alarm once a connection has lasted.</summary>
    public async Task HopeAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(options.NamesakeQuiet, time, cancellationToken);
        (_named, _unnamed, _waits) = (0, 0, NewWaits(options, random));
        dangers.Set(Danger, null);
        await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
    }

    private void Say()
    {
        if (_named >= EnoughNamed)
        {
            dangers.Set(Danger, $"Another device with the same name is connected to {options.Broker} as '{options.ClientId}', and each takes the connection from the other: give one of the two another device id.");
        }
        else if (_named + _unnamed >= EnoughUnnamed)
        {
            dangers.Set(Danger, $"The broker {options.Broker} lets this device in and soon hangs up, again and again: most likely another device with the same name is connected as '{options.ClientId}'; give one of the two another device id, and see the broker's log.");
        }
    }

    // Never sooner than after the longest of the ordinary waits.
    private static Backoff NewWaits(MqttPublisherOptions options, Func<double> random) =>
        new(options.LongestRetry, options.LongestRetryBesideNamesake, () => 0.5 + (random() / 2));
}

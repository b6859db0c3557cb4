using BayEdge.Central.Broker;
using BayEdge.Contracts;
using BayEdge.Contracts.Consuming;

namespace BayEdge.Central.Conformance;

/// <summary>Sends as a device does, and holds back what is not acknowledged.</summary>
internal sealed class DevicePlayer(BrokerConnection connection, AckJournal acks, ConformanceOptions options, TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>Says where a device stands, which a consumer that comes late needs.</summary>
    /// <param name="firstUnconfirmed">The oldest event kept; null when all are confirmed.</param>
    public async Task BeginAsync(EventSource source, long? firstUnconfirmed, long lastSequence, CancellationToken cancellationToken)
    {
        acks.Begin(source, firstUnconfirmed ?? lastSequence + 1);
        var status = PlayedStatus.Of(source, firstUnconfirmed, lastSequence, time.GetUtcNow());
        await connection.PublishAsync(Topics.Status(source.Site, source.Device), status, cancellationToken, retain: true);
    }

    public async Task SendAsync(ScriptedDevice device, IEnumerable<long> sequences, CancellationToken cancellationToken)
    {
        foreach (var sequence in sequences)
        {
            acks.Sending(device.Source, sequence);
            await connection.PublishAsync(device[sequence].Topic, device[sequence].Payload, cancellationToken);
        }
    }

    /// <summary>Waits until everything up to a number is acknowledged, and sends again what is not.</summary>
    /// <param name="after">How often the number had been acknowledged before; the consumer must say it once more.</param>
    /// <returns>False when the acknowledgement did not come.</returns>
    public async Task<bool> IsAcknowledgedAsync(ScriptedDevice device, long upTo, CancellationToken cancellationToken, int after = 0)
    {
        var begun = time.GetTimestamp();
        var sent = begun;
        while (time.GetElapsedTime(begun) < options.AnswerLimit)
        {
            var (heard, times) = acks.Of(device.Source);
            if (heard > upTo || (heard == upTo && times > after))
                return true;

            if (time.GetElapsedTime(sent) > options.Resend)
            {
                await SendAsync(device, Numbers(Math.Min(heard + 1, upTo), upTo), cancellationToken);
                sent = time.GetTimestamp();
            }

            await Task.Delay(Look, time, cancellationToken);
        }

        return false;
    }

    /// <summary>Gives the consumer time to do something wrong.</summary>
    public Task WatchAsync(CancellationToken cancellationToken) => Task.Delay(options.Quiet, time, cancellationToken);

    public static IEnumerable<long> Numbers(long first, long last)
    {
        for (var number = first; number <= last; number++)
            yield return number;
    }
}

namespace BayEdge.Messaging.Publishing;

/// <summary>Asks whether a broker lets the device in, without disturbing a service that is connected to it.</summary>
public static class BrokerProbe
{
    /// <returns>Null when the broker accepts the connection, else what is wrong and what to do.</returns>
    public static async Task<string?> FindFaultAsync(MqttPublisherOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            // A client id of its own: with the device's, the broker would throw the running service out. And no Will, which
            // would replace the running service's status.
            await using var connection = await BrokerConnection.OpenAsync(
                options with { ClientId = $"{options.ClientId}-check" }, willPayload: null, static _ => { }, time, cancellationToken);
            await connection.CloseAsync(cancellationToken);
            return null;
        }
        catch (BrokerFaultException fault)
        {
            return fault.Message;
        }
    }
}

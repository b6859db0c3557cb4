using BayEdge.Core.Drivers;
using BayEdge.Drivers.Rest;

namespace BayEdge.Drivers.ImpinjIot;

/// <summary>What a reader tells while it reads, event by event.</summary>
internal static class ImpinjStream
{
    /// <summary>Listens until the stream ends.</summary>
    /// <exception cref="DeviceFaultException">The stream ended, or what came cannot be read.</exception>
    public static async Task ListenAsync(
        RestClient client, HostAndPort address, HttpResponseMessage response, Func<ImpinjEvent, ValueTask> take, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var lines = new LineStream(stream);
            while (await lines.NextAsync(cancellationToken) is { } line)
            {
                if (line.Span.Trim(" \r\t"u8).IsEmpty)
                    continue;
                await take(ImpinjEvent.Read(line));
            }

            throw client.Lost();
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw client.Lost(exception);
        }
        catch (FormatException exception)
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Protocol, $"The reader at {address} sent a line that is no event: {exception.Message}. It is connected anew; restart it if this repeats.", exception);
        }
    }
}

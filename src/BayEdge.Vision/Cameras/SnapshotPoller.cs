using System.Buffers;
using BayEdge.Core.Drivers;

namespace BayEdge.Vision.Cameras;

/// <summary>An HTTP camera that gives one JPEG picture an answer: asks again and again, no faster than pictures are looked at.</summary>
internal sealed class SnapshotPoller : IDisposable
{
    /// <summary>More than any picture of the most pixels that are read.</summary>
    public const int LargestPicture = 16 * 1024 * 1024;

    private readonly StreamOptions _options;
    private readonly HttpClient _client;

    // Without a clock of its own: a camera does not hurry because a demonstration does.
    private readonly PeriodicTimer _pace;

    public SnapshotPoller(StreamOptions options, HttpClient client)
    {
        (_options, _client) = (options, client);
        _pace = new PeriodicTimer(options.Interval);
    }

    private FrameLocation Location => _options.Location;

    /// <summary>Waits its turn and fetches the next picture.</summary>
    /// <exception cref="DeviceFaultException">The camera refuses, sends no picture, or has given none within the limit for silence.</exception>
    public void Next(ArrayBufferWriter<byte> picture, CancellationToken cancellationToken)
    {
        // A busy camera misses one now and then.
        var attempts = Math.Max(1, (int)(_options.SilenceLimit.TotalSeconds * _options.FramesPerSecond));
        for (var attempt = 1; ; attempt++)
        {
            _pace.WaitForNextTickAsync(cancellationToken).AsTask().GetAwaiter().GetResult();
            try
            {
                Fetch(picture, cancellationToken);
                return;
            }
            catch (Exception exception) when (exception is IOException or HttpRequestException && attempt < attempts)
            {
                // Perhaps the next time.
            }
            catch (Exception exception) when (exception is IOException or HttpRequestException)
            {
                throw StreamFaults.Unreachable(Location, exception);
            }
        }
    }

    public void Dispose() => _pace.Dispose();

    private void Fetch(ArrayBufferWriter<byte> picture, CancellationToken cancellationToken)
    {
        // One limit for all of it: a picture that drips in byte by byte is none.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var fetching = FetchAsync(picture, limit.Token);
        try
        {
            fetching.WaitAsync(_options.ReadLimit, cancellationToken).GetAwaiter().GetResult();
        }
        catch (TimeoutException exception)
        {
            throw StreamFaults.Silent(Location, _options.ReadLimit, exception);
        }
        finally
        {
            // It writes into the picture, which is used again.
            limit.Cancel();
            fetching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        }
    }

    private async Task FetchAsync(ArrayBufferWriter<byte> picture, CancellationToken cancellationToken)
    {
        using var response = await _client.AskCameraAsync(Location, cancellationToken);
        if ((int)response.StatusCode >= 500)
            throw new HttpRequestException($"answer {(int)response.StatusCode}");
        if (!response.IsSuccessStatusCode)
            throw StreamFaults.Refused(Location, (int)response.StatusCode, hasUser: Location.Login is not null);
        if (response.Content.Headers.ContentLength > LargestPicture)
            throw StreamFaults.TooLarge(Location, response.Content.Headers.ContentLength.Value);

        picture.ResetWrittenCount();
        await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        while (await content.ReadAsync(picture.GetMemory(64 * 1024), cancellationToken) is > 0 and var length)
        {
            picture.Advance(length);
            if (picture.WrittenCount > LargestPicture)
                throw StreamFaults.TooLarge(Location, picture.WrittenCount);
        }
    }
}

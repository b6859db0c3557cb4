using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using OpenCvSharp;

namespace BayEdge.Vision.Cameras;

/// <summary>An HTTP camera: pictures one after another in one answer (MJPEG, <c>multipart/x-mixed-replace</c>), or one an answer.</summary>
internal sealed class HttpGrabber(StreamOptions options) : IFrameGrabber
{
    private const int LargestPicture = 32 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _picture = new(64 * 1024);
    private HttpClient? _client;
    private TimedInput? _input;
    private SnapshotPoller? _snapshots;

    public FrameLocation Location => options.Location;

    public TimeSpan? Due => null;

    private TimedInput Input => _input ?? throw new InvalidOperationException("The stream is not open.");

    public StreamFormat Open(CancellationToken cancellationToken)
    {
        try
        {
            OpenAsync(cancellationToken).WaitAsync(options.OpenLimit, cancellationToken).GetAwaiter().GetResult();
            return new StreamFormat(0, _snapshots is null ? "mjpeg" : "jpeg");
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            throw StreamFaults.Untrusted(Location, exception);
        }
        catch (HttpRequestException exception)
        {
            throw StreamFaults.Unreachable(Location, exception);
        }
        catch (TimeoutException exception)
        {
            throw StreamFaults.NotOpenedInTime(Location, options.OpenLimit, exception);
        }
    }

    public bool Grab(CancellationToken cancellationToken)
    {
        try
        {
            if (_snapshots is not null)
            {
                _snapshots.Next(_picture, cancellationToken);
                return true;
            }

            return SkipToPicture(cancellationToken, out var length)
                && (length > 0 ? ReadPicture(length, cancellationToken) : ReadPictureToItsEnd(cancellationToken));
        }
        catch (TimeoutException exception)
        {
            throw StreamFaults.Silent(Location, options.ReadLimit, exception);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            return false;
        }
    }

    public Mat? Retrieve()
    {
        var pixels = JpegSize.PixelsOf(_picture.WrittenSpan);
        if (pixels > Pictures.MostPixels)
            throw StreamFaults.TooManyPixels(Location, pixels.Value);
        return pixels is null ? null : Pictures.Decode(_picture.WrittenSpan);
    }

    public void Rewind() => throw new NotSupportedException("A live stream has no beginning.");

    public void Dispose()
    {
        _snapshots?.Dispose();
        _input?.Dispose();
        _client?.Dispose();
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        // A camera stands in the local network: no proxy knows it, and nobody else is to get its login.
        var handler = new SocketsHttpHandler
        {
            Credentials = Location.Login,
            PreAuthenticate = true,
            UseProxy = false,
            AllowAutoRedirect = false,
            ConnectTimeout = options.OpenLimit,
        };
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        var response = await _client.AskCameraAsync(Location, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw StreamFaults.Refused(Location, (int)response.StatusCode, hasUser: Location.Login is not null);
        if (IsPicture(response.Content.Headers.ContentType))
        {
            response.Dispose();
            _snapshots = new SnapshotPoller(options, _client);
            return;
        }

        RequireMultipart(response.Content.Headers.ContentType);
        _input = new TimedInput(await response.Content.ReadAsStreamAsync(cancellationToken)) { Limit = options.ReadLimit };
    }

    private static bool IsPicture(MediaTypeHeaderValue? type) => type?.MediaType is { } media
        && (media.Equals("image/jpeg", StringComparison.OrdinalIgnoreCase) || media.Equals("image/jpg", StringComparison.OrdinalIgnoreCase));

    private void RequireMultipart(MediaTypeHeaderValue? type)
    {
        if (type?.MediaType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) != true)
            throw StreamFaults.NotMjpeg(Location, type?.MediaType ?? "nothing");
    }

    /// <summary>Reads over boundary and headers; the length is 0 when the camera does not tell it.</summary>
    private bool SkipToPicture(CancellationToken cancellationToken, out int length)
    {
        const string ContentLength = "Content-Length:";
        length = 0;
        var inHeaders = false;
        while (Input.ReadLine(cancellationToken) is { } line)
        {
            if (line.Length == 0 && inHeaders)
                return true;

            // Cameras disagree on the boundary's dashes, so any line with some begins a part.
            inHeaders |= line.StartsWith("--", StringComparison.Ordinal);
            if (line.StartsWith(ContentLength, StringComparison.OrdinalIgnoreCase)
                && int.TryParse(line.AsSpan(ContentLength.Length).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var told))
            {
                length = told;
            }
        }

        return false;
    }

    private bool ReadPicture(int length, CancellationToken cancellationToken)
    {
        if (length > LargestPicture)
            throw StreamFaults.TooLarge(Location, length);
        _picture.ResetWrittenCount();
        if (!Input.ReadExactly(_picture.GetSpan(length)[..length], cancellationToken))
            return false;
        _picture.Advance(length);
        return true;
    }

    private bool ReadPictureToItsEnd(CancellationToken cancellationToken)
    {
        _picture.ResetWrittenCount();
        if (!new JpegInput(Input, _picture, LargestPicture, cancellationToken).Read())
            return false;
        return _picture.WrittenCount <= LargestPicture ? true : throw StreamFaults.TooLarge(Location, _picture.WrittenCount);
    }
}

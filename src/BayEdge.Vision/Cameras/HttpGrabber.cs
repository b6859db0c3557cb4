using System.Globalization;
using System.Net.Http.Headers;
using OpenCvSharp;

namespace BayEdge.Vision.Cameras;

/// <summary>An HTTP camera: pictures one after another in one answer (MJPEG, <c>multipart/x-mixed-replace</c>).</summary>
internal sealed class HttpGrabber(StreamOptions options) : IFrameGrabber
{
    private const int LargestPicture = 32 * 1024 * 1024;

    private HttpClient? _client;
    private TimedInput? _input;
    private byte[] _picture = [];

    public FrameLocation Location => options.Location;

    public TimeSpan? Due => null;

    private TimedInput Input => _input ?? throw new InvalidOperationException("The stream is not open.");

    public StreamFormat Open(CancellationToken cancellationToken)
    {
        try
        {
            OpenAsync(cancellationToken).WaitAsync(options.OpenLimit, cancellationToken).GetAwaiter().GetResult();
            return new StreamFormat(0, "mjpeg");
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
        var picture = Cv2.ImDecode(_picture, ImreadModes.Color);
        if (!picture.Empty())
            return picture;
        picture.Dispose();
        return null;
    }

    public void Rewind() => throw new NotSupportedException("A live stream has no beginning.");

    public void Dispose()
    {
        _input?.Dispose();
        _client?.Dispose();
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        var handler = new SocketsHttpHandler { Credentials = Location.Login, PreAuthenticate = true, ConnectTimeout = options.OpenLimit };
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        var response = await _client.GetAsync(new Uri(Location.Address), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw StreamFaults.Refused(Location, (int)response.StatusCode, hasUser: Location.Login is not null);
        RequireMultipart(response.Content.Headers.ContentType);
        _input = new TimedInput(await response.Content.ReadAsStreamAsync(cancellationToken)) { Limit = options.ReadLimit };
    }

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
        _picture = new byte[length];
        return Input.ReadExactly(_picture, cancellationToken);
    }

    // A JPEG ends with FF D9 (ITU-T T.81, B.1.1.3).
    private bool ReadPictureToItsEnd(CancellationToken cancellationToken)
    {
        var picture = new List<byte>(64 * 1024);
        while (Input.ReadByte(cancellationToken) is { } value)
        {
            picture.Add(value);
            if (value == 0xD9 && picture.Count > 1 && picture[^2] == 0xFF)
            {
                _picture = [.. picture];
                return true;
            }

            if (picture.Count > LargestPicture)
                throw StreamFaults.TooLarge(Location, picture.Count);
        }

        return false;
    }
}

namespace BayEdge.Vision.Cameras;

internal static class CameraRequests
{
    /// <summary>Asks a camera, and gives its answer once the headers are there.</summary>
    /// <exception cref="HttpRequestException">It does not answer.</exception>
    public static async Task<HttpResponseMessage> AskCameraAsync(this HttpClient client, FrameLocation location, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetAsync(new Uri(location.Address), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The client calls it a cancellation when its own limit for connecting has passed.
            throw new HttpRequestException(HttpRequestError.ConnectionError, exception.Message, exception);
        }
    }
}

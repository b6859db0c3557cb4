using System.Text;

namespace BayEdge.Simulator.Cameras;

/// <summary>The few bytes of HTTP/1.1 (RFC 9112) and multipart/x-mixed-replace that a camera speaks.</summary>
internal static class MjpegHttp
{
    private const string Boundary = "bayedge-frame";
    private const int LongestRequestBytes = 4096;

    public static byte[] StreamHeader { get; } = Encoding.ASCII.GetBytes(
        "HTTP/1.1 200 OK\r\n" +
        $"Content-Type: multipart/x-mixed-replace;boundary={Boundary}\r\n" +
        "Cache-Control: no-store\r\nConnection: close\r\n\r\n");

    public static byte[] NotFound { get; } = Answer("404 Not Found", "No such camera here.");

    public static byte[] Busy { get; } = Answer("503 Service Unavailable", "Too many watch this camera already.");

    /// <summary>One picture as a part of the stream.</summary>
    public static byte[] Part(byte[] jpeg)
    {
        var head = Encoding.ASCII.GetBytes($"--{Boundary}\r\nContent-Type: image/jpeg\r\nContent-Length: {jpeg.Length}\r\n\r\n");
        return [.. head, .. jpeg, .. "\r\n"u8];
    }

    /// <summary>Reads a request to the end of its header and returns its path; empty when it is not a GET.</summary>
    /// <exception cref="IOException">The peer hung up, or its header has no end.</exception>
    public static async Task<string> ReadPathAsync(Stream stream, CancellationToken cancellation)
    {
        var buffer = new byte[LongestRequestBytes];
        var length = 0;
        while (buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
        {
            var read = length < buffer.Length ? await stream.ReadAsync(buffer.AsMemory(length), cancellation) : 0;
            if (read == 0)
            {
                throw new IOException(
                    $"A request header of at most {LongestRequestBytes} bytes was expected; {length} bytes came without its end.");
            }

            length += read;
        }

        var words = Encoding.ASCII.GetString(buffer, 0, buffer.AsSpan(0, length).IndexOf("\r\n"u8)).Split(' ');
        return words is ["GET", var path, _] ? path.Split('?')[0] : "";
    }

    private static byte[] Answer(string status, string sentence) => Encoding.ASCII.GetBytes(
        $"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {sentence.Length}\r\nConnection: close\r\n\r\n{sentence}");
}

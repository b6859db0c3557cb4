namespace BayEdge.Simulator.Cameras;

public sealed record MjpegCameraOptions
{
    /// <summary>Pictures a second, by the clock the camera is given. The default value is 5.</summary>
    public double FramesPerSecond { get; init; } = 5;

    /// <summary>JPEG quality, 1 to 100. The default value is 85.</summary>
    public int JpegQuality { get; init; } = 85;

    /// <summary>How many may watch at once; one more is answered 503. The default value is 16.</summary>
    public int MaxClients { get; init; } = 16;

    /// <summary>How long a client may take to send its request or to take a picture. The default value is 10 seconds.</summary>
    public TimeSpan ClientPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>TCP port on 127.0.0.1; 0 takes a free one. The default value is 0.</summary>
    public int Port { get; init; }
}

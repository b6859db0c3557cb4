using BayEdge.Core.Configuration;

namespace BayEdge.Vision.Cameras;

/// <summary>The settings of one <c>stream</c> camera.</summary>
internal sealed record StreamOptions
{
    public const double DefaultFramesPerSecond = 4;
    public const int DefaultMinimumPlateWidthPx = 60;
    public const int DefaultMaximumWidthPx = 1920;
    public const double DefaultOpenLimitSeconds = 10;
    public const double DefaultReadLimitSeconds = 10;

    public required FrameLocation Location { get; init; }

    /// <summary>How many pictures a second are looked at, at most. The default value is 4.</summary>
    public double FramesPerSecond { get; init; } = DefaultFramesPerSecond;

    /// <summary>A narrower plate, in picture pixels, is ignored. The default value is 60.</summary>
    public int MinimumPlateWidthPx { get; init; } = DefaultMinimumPlateWidthPx;

    /// <summary>A wider picture, in pixels, is made as narrow before it is looked at. The default value is 1920.</summary>
    public int MaximumWidthPx { get; init; } = DefaultMaximumWidthPx;

    /// <summary>Whether a video file or folder begins anew at its end. The default value is false.</summary>
    public bool Repeat { get; init; }

    /// <summary>How RTSP carries the pictures. The default value is <see cref="RtspTransport.Tcp"/>.</summary>
    public RtspTransport Transport { get; init; }

    /// <summary>How long opening may take. The default value is 10 seconds.</summary>
    public TimeSpan OpenLimit { get; init; } = TimeSpan.FromSeconds(DefaultOpenLimitSeconds);

    /// <summary>How long the next picture of a live stream may take. The default value is 10 seconds.</summary>
    public TimeSpan ReadLimit { get; init; } = TimeSpan.FromSeconds(DefaultReadLimitSeconds);

    /// <summary>How long a stream may stay silent before it counts as lost: at few pictures a second longer than <see cref="ReadLimit"/>.</summary>
    public TimeSpan SilenceLimit => TimeSpan.FromSeconds(Math.Max(ReadLimit.TotalSeconds, 2 / FramesPerSecond));

    /// <summary>How far apart the pictures come, at least.</summary>
    public TimeSpan Interval => TimeSpan.FromSeconds(1 / FramesPerSecond);

    public static StreamOptions Of(SourceConfiguration configuration)
    {
        var settings = configuration.Settings;
        return new StreamOptions
        {
            Location = FrameLocation.Of(
                settings.Text(StreamFields.Url), settings.Find(StreamFields.User), settings.Find(StreamFields.Password)),
            FramesPerSecond = settings.Number(StreamFields.FramesPerSecond),
            MinimumPlateWidthPx = settings.Integer(StreamFields.MinimumPlateWidth),
            MaximumWidthPx = settings.Integer(StreamFields.MaximumWidth),
            Repeat = settings.Flag(StreamFields.Repeat),
            Transport = Enum.Parse<RtspTransport>(settings.Text(StreamFields.Transport), ignoreCase: true),
            OpenLimit = TimeSpan.FromSeconds(settings.Number(StreamFields.OpenLimit)),
            ReadLimit = TimeSpan.FromSeconds(settings.Number(StreamFields.ReadLimit)),
        };
    }
}

internal enum RtspTransport
{
    /// <summary>Inside the connection; UDP only where the camera refuses.</summary>
    Tcp,

    Udp,
}

using System.Collections.Immutable;
using System.Globalization;
using BayEdge.Core.Drivers;

namespace BayEdge.Vision.Cameras;

/// <summary>What an installer can set of a <c>stream</c> camera.</summary>
internal static class StreamFields
{
    public const string Url = "url";
    public const string User = "user";
    public const string Password = "password";
    public const string FramesPerSecond = "framesPerSecond";
    public const string MinimumPlateWidth = "minimumPlateWidthPx";
    public const string MaximumWidth = "maximumWidthPx";
    public const string Repeat = "repeat";
    public const string Transport = "transport";
    public const string OpenLimit = "openLimitSeconds";
    public const string ReadLimit = "readLimitSeconds";

    public static ImmutableArray<FieldSpec> All { get; } =
    [
        new(Url, FieldType.Location,
            new("画面来源", "Picture source"),
            new("rtsp:// 或 http:// 地址（视频流或单张快照）、/dev/video0 这样的设备、视频文件，或图片文件夹。",
                "An rtsp:// or http:// address (a stream or a snapshot), a device such as /dev/video0, a video file, or a folder of pictures."))
        { Required = true, Example = "rtsp://192.0.2.7/stream1" },
        new(User, FieldType.Text,
            new("用户名", "User name"),
            new("摄像机要求登录时填写。", "When the camera asks for a login.")),
        new(Password, FieldType.Text,
            new("密码", "Password"),
            new("摄像机要求登录时填写；不会再次显示。", "When the camera asks for a login; never shown again."))
        { Secret = true },
        new(Transport, FieldType.Choice,
            new("RTSP 传输方式", "RTSP transport"),
            new("tcp 不丢画面；仅当摄像机不支持 tcp 时用 udp。",
                "tcp loses no pictures; udp only where the camera cannot do tcp."))
        { Default = "tcp", Choices = ["tcp", "udp"] },
        new(FramesPerSecond, FieldType.Number,
            new("每秒处理帧数", "Pictures a second"),
            new("每秒最多分析多少帧；越大越快，也越耗处理器。",
                "How many pictures are looked at each second at most; more is quicker and costs more processor time."))
        { Default = Text(StreamOptions.DefaultFramesPerSecond), Minimum = 0.2, Maximum = 15, Unit = "1/s" },
        new(MinimumPlateWidth, FieldType.Integer,
            new("最小车牌宽度", "Smallest plate width"),
            new("画面中更窄的车牌被忽略，用来排除远处的车辆。",
                "A plate that is narrower in the picture is ignored; keeps distant vehicles out."))
        { Default = Text(StreamOptions.DefaultMinimumPlateWidthPx), Minimum = 20, Maximum = 1000, Unit = "px" },
        new(MaximumWidth, FieldType.Integer,
            new("最大画面宽度", "Greatest picture width"),
            new("更宽的画面先缩小；USB 摄像机按此宽度拍摄。车牌宽度需达到约 120 像素。",
                "Wider pictures are made smaller; a USB camera is set to it. A plate should be some 120 px wide."))
        { Default = Text(StreamOptions.DefaultMaximumWidthPx), Minimum = 320, Maximum = 4096, Unit = "px" },
        new(Repeat, FieldType.Boolean,
            new("循环播放", "Play again"),
            new("视频文件或文件夹播完后从头开始。", "A video file or folder begins anew when it has been played."))
        { Default = "false" },
        new(OpenLimit, FieldType.Number,
            new("打开时限", "Limit for opening"),
            new("打开画面最多等待多久。", "How long opening the pictures may take."))
        { Default = Text(StreamOptions.DefaultOpenLimitSeconds), Minimum = 1, Maximum = 60, Unit = "s" },
        new(ReadLimit, FieldType.Number,
            new("断流时限", "Limit for silence"),
            new("多久没有画面就视为断线。", "Without a picture for this long the camera counts as lost."))
        { Default = Text(StreamOptions.DefaultReadLimitSeconds), Minimum = 1, Maximum = 120, Unit = "s" },
    ];

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}

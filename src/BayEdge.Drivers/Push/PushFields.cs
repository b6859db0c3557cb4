using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.Push;

/// <summary>The setting that everything that is pushed shares.</summary>
internal static class PushFields
{
    private const string SilenceKey = "silenceSeconds";

    public static FieldSpec Silence { get; } = new(SilenceKey, FieldType.Integer,
        new LocalizedText("最长静默时间", "Longest silence"),
        new LocalizedText(
            "超过此时间没有任何消息（空消息也算）即视为断线。0 表示设备只在看到东西时才发送，静默不说明任何问题。",
            "Without any message for longer, be it an empty one, the device counts as lost. 0: it sends only when it sees something, and its silence says nothing."))
    {
        // A lost device must be noticed before the tracker takes its silence for a vehicle that left.
        Default = "30",
        Minimum = 0,
        Maximum = 3600,
        Unit = "s",
    };

    /// <summary>Null where silence says nothing.</summary>
    public static TimeSpan? LongestSilence(DriverSettings settings) =>
        settings.Integer(SilenceKey) is var seconds and > 0 ? TimeSpan.FromSeconds(seconds) : null;

    public static LocalizedText NameOf(SourceKind kind, string chinese, string english) => kind switch
    {
        SourceKind.Reader => new LocalizedText($"{chinese}推送的标签", $"Tags pushed over {english}"),
        SourceKind.Camera => new LocalizedText($"{chinese}推送的车牌", $"Plates pushed over {english}"),
        _ => new LocalizedText($"{chinese}推送的占位信号", $"Presence pushed over {english}"),
    };
}

using System.Collections.Immutable;
using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.HttpPush;
using BayEdge.Drivers.Mqtt;
using BayEdge.Drivers.MqttPush;
using BayEdge.Drivers.Push;

namespace BayEdge.Drivers.ZebraIot;

/// <summary>How one reader sends its events: over a broker, or by POST. Exactly one of both is configured.</summary>
internal static class ZebraIotSettings
{
    private const string UrlKey = "url";
    private const string TopicKey = "topic";
    private const string HeartbeatTopicKey = "heartbeatTopic";
    private const string ListenKey = "listen";
    private const string TokenKey = "token";

    public static ImmutableArray<FieldSpec> Fields { get; } =
    [
        .. MqttAccess.Fields.Select(field => field with { Required = false }),
        new(TopicKey, FieldType.Text,
            new LocalizedText("标签主题", "Tag topic"),
            new LocalizedText("读写器发布标签数据事件的主题。", "Where the reader publishes its tag data events.")),
        new(HeartbeatTopicKey, FieldType.Text,
            new LocalizedText("心跳主题", "Heartbeat topic"),
            new LocalizedText("读写器发布管理事件（心跳）的主题；可与标签主题相同。", "Where it publishes management events with its heartbeat; may be the tag topic.")),
        .. HttpPushSettings.Fields.Where(field => field.Key is ListenKey or TokenKey).Select(field => field with { Required = false, Default = null }),
        PushFields.Silence,
        .. ZebraManagement.Fields,
    ];

    public static bool IsPosted(SourceConfiguration configuration) =>
        configuration.Settings.Find(ListenKey) is not null && FaultIn(configuration) is null;

    /// <summary>Neither way, or both, are configured, or one only in part; null when all is well.</summary>
    public static DeviceFaultException? FaultIn(SourceConfiguration configuration)
    {
        var settings = configuration.Settings;
        Wording? problem = (settings.Find(UrlKey), settings.Find(ListenKey)) switch
        {
            (null, null) => Wording.Of($"set url and topic where the reader publishes over MQTT, or listen where it posts"),
            ({ }, { }) => "url and listen exclude each other; leave out the one that the reader does not use",
            ({ }, null) when settings.Find(TopicKey) is null => "url needs the topic of the reader's tag data events",
            (null, { }) when settings.Find(TokenKey) is null => $"listen needs a token; put it into secrets.json under {configuration.Id}",
            _ => null,
        };
        return problem is null ? null : new DeviceFaultException(
            DeviceFaultKind.Local, $"The settings of {configuration.Id} do not say how its events come: {problem}.");
    }

    /// <exception cref="DeviceFaultException">A topic cannot be subscribed to, or one way is missing.</exception>
    public static MqttPushSettings Published(SourceConfiguration configuration)
    {
        if (FaultIn(configuration) is { } fault)
            throw fault;

        var topics = new[] { configuration.Settings.Text(TopicKey), configuration.Settings.Find(HeartbeatTopicKey) }
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Select(topic => MqttPushSettings.RequirePlain(configuration, topic));
        return new MqttPushSettings([.. topics], ProblemTopic: null, PushFields.LongestSilence(configuration.Settings));
    }
}

using System.Collections.Immutable;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Mqtt;
using BayEdge.Drivers.Push;

namespace BayEdge.Drivers.MqttPush;

/// <summary>Where one sender publishes.</summary>
/// <param name="ProblemTopic">Where it is told of messages that were not taken; null for nowhere.</param>
/// <param name="LongestSilence">Null where silence says nothing.</param>
internal sealed record MqttPushSettings(ImmutableArray<string> Topics, string? ProblemTopic, TimeSpan? LongestSilence)
{
    private const string TopicKey = "topic";

    public static ImmutableArray<FieldSpec> Fields { get; } =
    [
        .. MqttAccess.Fields,
        new(TopicKey, FieldType.Text,
            new LocalizedText("主题", "Topic"),
            new LocalizedText("设备发布的主题，不含通配符。被拒绝的消息的原因发布在其下的 /problems。",
                "What the device publishes on, without wildcards. Why a message was refused is published below it, on /problems."))
        {
            Required = true,
        },
        PushFields.Silence,
    ];

    /// <exception cref="DeviceFaultException">The topic cannot be subscribed to.</exception>
    public static MqttPushSettings From(SourceConfiguration configuration)
    {
        var topic = RequirePlain(configuration, configuration.Settings.Text(TopicKey));
        return new MqttPushSettings([topic], $"{topic}/problems", PushFields.LongestSilence(configuration.Settings));
    }

    /// <summary>Sees that a broker and topics are configured as they can be.</summary>
    /// <param name="settingsOf">Reads the topics.</param>
    /// <exception cref="DeviceFaultException">They are not.</exception>
    public static void Require(SourceConfiguration configuration, Func<SourceConfiguration, MqttPushSettings> settingsOf)
    {
        MqttAccess.From(configuration);
        settingsOf(configuration);
    }

    /// <exception cref="DeviceFaultException">The topic has a wildcard, and would mix up devices.</exception>
    public static string RequirePlain(SourceConfiguration configuration, string topic) =>
        topic.IndexOfAny(['+', '#', '\0']) < 0 ? topic : throw new DeviceFaultException(
            DeviceFaultKind.Local, $"Expected a topic without wildcards for {configuration.Id}, but found '{topic}'. Each device needs its own.");
}

using BayEdge.Contracts;

namespace BayEdge.Core.Commands;

/// <summary>Where a reply goes.</summary>
public static class ReplyTopic
{
    private const string Ours = "bayedge/";
    private const int LongestTopic = 512;

    /// <summary>The caller's own topic where that is harmless, else the one of the command's name.</summary>
    /// <param name="asked">The MQTT 5 response topic (section 3.3.2.3.5); null for none.</param>
    /// <remarks>Whoever may command must not be able to let the device write what others take for events, acks or commands.</remarks>
    public static string Choose(string site, string device, string command, string? asked) =>
        asked is { Length: > 0 and <= LongestTopic } && IsPlain(asked)
        && (!asked.StartsWith(Ours, StringComparison.Ordinal) || asked.StartsWith(Topics.Reply(site, device, ""), StringComparison.Ordinal))
            ? asked
            : Topics.Reply(site, device, command);

    private static bool IsPlain(string topic) => topic[0] != '$' && !topic.Any(c => c is '+' or '#' || char.IsControl(c));
}

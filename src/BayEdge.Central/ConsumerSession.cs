using BayEdge.Central.Broker;
using BayEdge.Central.Ledger;
using BayEdge.Contracts;

namespace BayEdge.Central;

/// <summary>How a consumer presents itself to the broker.</summary>
internal static class ConsumerSession
{
    public static BrokerSession For(CentralOptions options, CentralLedger ledger)
    {
        // The members of a group share the ledger, so its name cannot be theirs; devices send again what a lost session held.
        var isMember = options.Group is not null;
        var clientId = options.ClientId ?? (isMember ? $"{ledger.ClientId}-{Guid.NewGuid():N}" : ledger.ClientId);
        var isKept = ledger.IsOnDisk && (options.ClientId is not null || !isMember);
        return new BrokerSession
        {
            Broker = options.Broker,
            ClientId = clientId,
            Login = options.Login,
            KeptFor = isKept ? options.SessionExpiry : null,
            Filters = Filters(options.Site ?? "+", options.Group),
            PingInterval = options.PingInterval,
            AnswerLimit = options.AnswerLimit,
        };
    }

    // A broker gives retained messages to no shared subscription (MQTT 5, 4.8.2), so every member hears status and state itself.
    private static string[] Filters(string site, string? group)
    {
        var share = group is null ? "" : $"$share/{group}/";
        return
        [
            share + Topics.AllBayEvents(site), share + Topics.DeviceEvents(site, "+"),
            Topics.Status(site, "+"), Topics.BayState(site, "+", "+"),
        ];
    }
}

using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using BayEdge.Contracts.Events;
using BayEdge.Core.Commissioning;

namespace BayEdge.Service.Commissioning.Network;

/// <summary>Looks at the device's network as it is at the moment; changes nothing.</summary>
internal static class NetworkFacts
{
    private const int PingMilliseconds = 1000;

    public static async Task<ImmutableArray<Check>> CheckAsync(Func<ClockInfo> clock)
    {
        var card = NetworkInterface.GetAllNetworkInterfaces()
            .Where(found => found.OperationalStatus == OperationalStatus.Up && found.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .OrderByDescending(found => GatewayOf(found) is not null).FirstOrDefault();
        if (card is null)
            return [new Check("link", StepState.Failed, SetupSentences.LinkDown.With()), Clock(clock())];

        var address = card.GetIPProperties().UnicastAddresses.FirstOrDefault(unicast => unicast.Address.AddressFamily == AddressFamily.InterNetwork);
        var servers = card.GetIPProperties().DnsAddresses.Select(server => server.ToString()).Distinct().ToList();
        return
        [
            new Check("link", StepState.Ok, SetupSentences.LinkUp.With(("card", card.Name))),
            address is null
                ? new Check("address", StepState.Failed, SetupSentences.NoAddress.With())
                : new Check("address", StepState.Ok, SetupSentences.Address.With(("address", $"{address.Address}/{address.PrefixLength}"))),
            await GatewayAsync(GatewayOf(card)),
            servers.Count == 0
                ? new Check("dns", StepState.Warning, SetupSentences.NoNameServer.With())
                : new Check("dns", StepState.Ok, SetupSentences.NameServers.With(("servers", string.Join(", ", servers)))),
            Clock(clock()),
        ];
    }

    private static IPAddress? GatewayOf(NetworkInterface card) =>
        card.GetIPProperties().GatewayAddresses.Select(gateway => gateway.Address).FirstOrDefault(gateway => gateway.AddressFamily == AddressFamily.InterNetwork);

    private static async Task<Check> GatewayAsync(IPAddress? gateway)
    {
        if (gateway is null)
            return new Check("gateway", StepState.Warning, SetupSentences.NoGateway.With());
        try
        {
            using var ping = new Ping();
            if (await ping.SendPingAsync(gateway, PingMilliseconds) is { Status: IPStatus.Success, RoundtripTime: var took })
                return new Check("gateway", StepState.Ok, SetupSentences.GatewayAnswers.With(("gateway", gateway)), took);
        }
        catch (PingException)
        {
            // Not allowed to ask is not answered, as far as anybody here can tell.
        }

        return new Check("gateway", StepState.Warning, SetupSentences.GatewaySilent.With(("gateway", gateway)));
    }

    private static Check Clock(ClockInfo clock) => clock is { State: ClockState.Synced, MaxErrorMs: { } error }
        ? new Check("clock", StepState.Ok, SetupSentences.ClockFollows.With(("error", string.Create(CultureInfo.InvariantCulture, $"{error:0.#} ms"))))
        : new Check("clock", StepState.Warning, SetupSentences.ClockFree.With());
}

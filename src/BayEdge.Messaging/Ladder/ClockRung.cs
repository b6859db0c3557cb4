using System.Globalization;
using System.Net;
using BayEdge.Contracts.Events;
using BayEdge.Core.Commissioning;

namespace BayEdge.Messaging.Ladder;

/// <summary>Compares the device's clock with the server's. MQTT tells no time, so whatever else the server has is asked.</summary>
internal sealed class ClockRung(LadderOptions options, TimeProvider time)
{
    public async Task<Check> TryAsync(IPAddress server, CancellationToken cancellationToken)
    {
        var clock = new ServerClock(options, time);
        if (await clock.AskAsync(server, cancellationToken) is not { } found)
        {
            return options.Clock.State == ClockState.Synced
                ? new Check(BrokerLadder.Clock, StepState.Ok, LadderSentences.ClockUnknownSynced.With())
                : new Check(BrokerLadder.Clock, StepState.Warning, LadderSentences.ClockUnknown.With());
        }

        var isNear = found.Skew.Duration() <= options.SkewLimit + found.Precision;
        var skew = found.Skew.Duration() < TimeSpan.FromSeconds(1)
            ? string.Create(CultureInfo.InvariantCulture, $"{found.Skew.Duration().TotalMilliseconds:0} ms")
            : string.Create(CultureInfo.InvariantCulture, $"{found.Skew.Duration().TotalSeconds:0.#} s");
        return new Check(
            BrokerLadder.Clock, isNear ? StepState.Ok : StepState.Warning, (isNear ? LadderSentences.ClocksAgree : LadderSentences.ClocksDiffer).With(("skew", skew)));
    }
}

using BayEdge.Contracts.Consuming;

namespace BayEdge.Central.Conformance;

/// <summary>Plays the parts of the script and finds of each rule whether it is kept.</summary>
internal sealed class ConformanceRun
{
    private const int ShuffleSeed = 20;
    private const int LateFrom = 5;

    private readonly DevicePlayer _player;
    private readonly AckJournal _acks;
    private readonly ScriptedDevice _device;
    private readonly ScriptedDevice _afterLoss;
    private readonly ScriptedDevice _late;
    private readonly List<Finding> _findings = [];

    /// <param name="source">With an epoch that no run before had, so that the consumer has not met its events.</param>
    public ConformanceRun(DevicePlayer player, AckJournal acks, EventSource source, DateTimeOffset opening)
    {
        _player = player;
        _acks = acks;
        _device = new ScriptedDevice(source, opening);
        _afterLoss = new ScriptedDevice(source with { Epoch = source.Epoch + 1 }, opening);
        _late = new ScriptedDevice(source with { Device = LateName(source.Device) }, opening);
    }

    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>The visits of a consumer that keeps all rules.</summary>
    public IReadOnlyList<Visit> ExpectedVisits =>
        VisitProjection.Fold(_device.Received.Concat(_afterLoss.Received).Concat(_late.Received.Skip(LateFrom - 1)));

    /// <summary>The device that the consumer meets when it already has a history.</summary>
    public static string LateName(string device) => $"{device}-late";

    public async Task PlayAsync(CancellationToken cancellationToken)
    {
        if (!await PlayInOrderAsync(cancellationToken))
            return;

        await PlayAgainAsync(cancellationToken);
        await PlayGapAsync(cancellationToken);
        await PlayShuffledAsync(cancellationToken);
        await PlaySecondThoughtsAsync(cancellationToken);
        await PlayStrangeContentAsync(cancellationToken);
        await PlayReplayAsync(cancellationToken);
        await PlayNewEpochAsync(cancellationToken);
        await PlayLateBeginningAsync(cancellationToken);
        await _player.WatchAsync(cancellationToken);
        var (malformed, beyond) = (_acks.Malformed, _acks.Beyond);
        Judge("ack-form", malformed.Count == 0,
            "Its acknowledgements have the form {\"epoch\":1,\"upTo\":1}.",
            $"It sent acknowledgements that have not the form {{\"epoch\":1,\"upTo\":1}}, such as {(malformed.Count > 0 ? malformed[0] : "")}.");
        Judge("never-beyond", beyond.Count == 0,
            "It never acknowledges what it cannot have.",
            $"It acknowledges what it cannot have, {beyond.Count} times; first {(beyond.Count > 0 ? beyond[0] : "")}. The device forgets such events for ever.");
    }

    /// <summary>What can only be seen by somebody who subscribes afterwards.</summary>
    public void JudgeRetained(IReadOnlyCollection<string> retained) => Judge("ack-not-retained", retained.Count == 0,
        "Its acknowledgements are not retained.",
        $"Its acknowledgements are retained (on {string.Join(" and ", retained)}), so a device hears old ones at every connection.");

    public void Add(Finding finding) => _findings.Add(finding);

    private async Task<bool> PlayInOrderAsync(CancellationToken cancellationToken)
    {
        await _player.BeginAsync(_device.Source, firstUnconfirmed: 1, lastSequence: 6, cancellationToken);
        var part = ConformanceScript.PlainVisits(_device, "plain", visits: 2);
        await _player.SendAsync(_device, Numbers(part), cancellationToken);
        var isKept = await _player.IsAcknowledgedAsync(_device, part.Last, cancellationToken);
        var heard = _acks.Of(_device.Source).UpTo;
        Judge("acknowledges", isKept,
            "It acknowledges events that come in order.",
            heard == 0
                ? "It acknowledges nothing; check that it runs, that it listens to bayedge/v1/+/+/bays/+/events and that it may write the ack topic."
                : $"It acknowledges events that come in order only up to {heard} of {part.Last}.");
        return isKept || heard > 0;
    }

    private async Task PlayAgainAsync(CancellationToken cancellationToken)
    {
        var (upTo, times) = _acks.Of(_device.Source);
        await _player.SendAsync(_device, DevicePlayer.Numbers(1, _device.Count), cancellationToken);
        Judge("acknowledges-again", await _player.IsAcknowledgedAsync(_device, upTo, cancellationToken, after: times),
            "It acknowledges again when events come again.",
            "It says nothing when events come again; a device that missed the acknowledgement would send them for ever.");
    }

    private async Task PlayGapAsync(CancellationToken cancellationToken)
    {
        var part = ConformanceScript.PlainVisits(_device, "gap", visits: 2);
        var before = _acks.Beyond.Count;
        await _player.SendAsync(_device, [part.First + 2, part.First + 3, part.Last], cancellationToken);
        await _player.WatchAsync(cancellationToken);
        Judge("waits-for-gap", _acks.Beyond.Count == before,
            "It holds its acknowledgement back while a number is missing.",
            $"It does not wait for a number that is missing: {_acks.Beyond.Skip(before).FirstOrDefault()}.");

        await _player.SendAsync(_device, [part.First + 4, part.First + 1, part.First], cancellationToken);
        Judge("fills-gap", await _player.IsAcknowledgedAsync(_device, part.Last, cancellationToken),
            "It takes the missing numbers when they come late and in another order, and then acknowledges all.",
            $"It does not acknowledge a gap that was filled late: up to {_acks.Of(_device.Source).UpTo} of {part.Last}.");
    }

    private async Task PlayShuffledAsync(CancellationToken cancellationToken)
    {
        var part = ConformanceScript.PlainVisits(_device, "shuffled", visits: 6);
        long[] order = [.. Numbers(part), .. Numbers(part)];
        new Random(ShuffleSeed).Shuffle(order);
        await _player.SendAsync(_device, order, cancellationToken);
        Judge("any-order", await _player.IsAcknowledgedAsync(_device, part.Last, cancellationToken),
            "It copes with events that come in any order and twice.",
            $"It loses its way when events come in any order and twice: up to {_acks.Of(_device.Source).UpTo} of {part.Last}.");
    }

    // A later word may come before the earlier one; its number decides.
    private async Task PlaySecondThoughtsAsync(CancellationToken cancellationToken)
    {
        var part = ConformanceScript.SecondThoughts(_device);
        await _player.SendAsync(_device, Numbers(part).Reverse(), cancellationToken);
        Judge("second-thoughts", await _player.IsAcknowledgedAsync(_device, part.Last, cancellationToken),
            "It takes corrections and retractions.",
            $"It does not acknowledge corrections and retractions: up to {_acks.Of(_device.Source).UpTo} of {part.Last}.");
    }

    private async Task PlayStrangeContentAsync(CancellationToken cancellationToken)
    {
        var part = ConformanceScript.StrangeContent(_device);
        await _player.SendAsync(_device, Numbers(part), cancellationToken);
        var isKept = await _player.IsAcknowledgedAsync(_device, part.Last, cancellationToken);
        var stuck = _acks.Of(_device.Source).UpTo + 1;
        Judge("strange-content", isKept,
            "It takes content that is legal and strange: scripts and quotes, a NUL, long texts, members and event types that it does not know.",
            $"It stops at legal content, before number {stuck}"
            + (isKept || stuck > _device.Count ? "." : $", which it was sent on {_device[stuck].Topic} as {Shortened(_device[stuck].Payload)}."));
    }

    private async Task PlayReplayAsync(CancellationToken cancellationToken)
    {
        var (upTo, times) = _acks.Of(_device.Source);
        await _player.SendAsync(_device, DevicePlayer.Numbers(1, _device.Count), cancellationToken);
        Judge("replay", await _player.IsAcknowledgedAsync(_device, upTo, cancellationToken, after: times),
            "It takes a replay of everything and acknowledges it.",
            "It does not acknowledge a replay of everything.");
    }

    private async Task PlayNewEpochAsync(CancellationToken cancellationToken)
    {
        var part = ConformanceScript.NewEpoch(_afterLoss, _device);
        await _player.BeginAsync(_afterLoss.Source, firstUnconfirmed: 1, part.Last, cancellationToken);
        var before = _acks.Beyond.Count;
        await _player.SendAsync(_afterLoss, Numbers(part).Skip(1), cancellationToken);
        await _player.WatchAsync(cancellationToken);
        Judge("new-epoch-begins-at-1", _acks.Beyond.Count == before,
            "It waits for number 1 of a new epoch.",
            $"It does not wait for number 1 of a new epoch: {_acks.Beyond.Skip(before).FirstOrDefault()}.");

        await _player.SendAsync(_afterLoss, [1], cancellationToken);
        Judge("new-epoch", await _player.IsAcknowledgedAsync(_afterLoss, part.Last, cancellationToken),
            "It takes up a new epoch, in which numbers begin at 1 again, and hears bayedge/v1/+/+/events.",
            $"It does not acknowledge a new epoch: up to {_acks.Of(_afterLoss.Source).UpTo} of {part.Last}; check that it counts each epoch by itself, "
            + "names the epoch in its acknowledgement and listens to bayedge/v1/+/+/events, too.");
    }

    private async Task PlayLateBeginningAsync(CancellationToken cancellationToken)
    {
        ConformanceScript.PlainVisits(_late, "late", visits: 3);
        await _player.BeginAsync(_late.Source, firstUnconfirmed: LateFrom, _late.Count, cancellationToken);
        var before = _acks.Beyond.Count;
        await _player.SendAsync(_late, DevicePlayer.Numbers(LateFrom + 1, _late.Count), cancellationToken);
        await _player.WatchAsync(cancellationToken);
        await _player.SendAsync(_late, [LateFrom], cancellationToken);
        var isAcknowledged = await _player.IsAcknowledgedAsync(_late, _late.Count, cancellationToken);
        Judge("late-beginning", isAcknowledged && _acks.Beyond.Count == before,
            "It begins with a device that has a history where the device's status says.",
            isAcknowledged
                ? $"It does not begin where the status of a device with a history says: {_acks.Beyond.Skip(before).FirstOrDefault()}."
                : $"It does not acknowledge a device that already forgot its first {LateFrom - 1} events, and waits for them for ever; the status says where to begin.");
    }

    private void Judge(string rule, bool isKept, string kept, string broken) =>
        _findings.Add(new Finding(rule, isKept ? Verdict.Kept : Verdict.Broken, isKept ? kept : broken));

    private static IEnumerable<long> Numbers(SequenceRange part) => DevicePlayer.Numbers(part.First, part.Last);

    private static string Shortened(byte[] payload)
    {
        const int Longest = 300;
        var text = System.Text.Encoding.UTF8.GetString(payload);
        return text.Length <= Longest ? text : $"{text[..Longest]}…";
    }
}

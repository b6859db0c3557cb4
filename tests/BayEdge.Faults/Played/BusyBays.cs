using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using BayEdge.Contracts.Events;
using BayEdge.Core.Bays;
using BayEdge.Core.Timing;
using BayEdge.Faults.Truth;

namespace BayEdge.Faults.Played;

/// <summary>Bays where vehicles come and go faster than in life; their state is what the journal keeps beside the events.</summary>
internal sealed class BusyBays
{
    private const int Bays = 4;

    private static readonly Phrase Reason = new("played", "The first word on it was wrong.");

    private readonly Random _random;
    private readonly Dictionary<string, string> _open;
    private long _token;

    /// <param name="snapshot">What an earlier process left; null at first and after the journal was lost.</param>
    /// <param name="firstToken">Greater than any that a process before has used.</param>
    public BusyBays(ReadOnlyMemory<byte>? snapshot, long firstToken, Random random)
    {
        var saved = snapshot is { } bytes ? JsonSerializer.Deserialize<Saved>(bytes.Span)! : new Saved(0, []);
        _random = random;
        _open = saved.Open;
        _token = Math.Max(saved.Token, firstToken);
    }

    public byte[] Snapshot() => JsonSerializer.SerializeToUtf8Bytes(new Saved(_token, _open));

    /// <summary>What is decided next: mostly one event, sometimes several at once.</summary>
    public IReadOnlyList<Transition> Decide(ObservedAt now)
    {
        var count = _random.Next(8) == 0 ? 3 : 1;
        return [.. Enumerable.Range(0, count).Select(_ => Decide(BayOf(_random.Next(Bays)), now))];
    }

    public static TruthEvent TruthOf(Transition decided) => new(TokenOf(decided.Evidence)!.Value, decided.Bay, NameOf(decided), decided.VisitId);

    public static string NameOf(Transition decided) => decided switch
    {
        VehicleEntered => EventTypes.VehicleEntered,
        VehicleIdentified => EventTypes.VehicleIdentified,
        VehicleLeft => EventTypes.VehicleLeft,
        VisitCorrected => EventTypes.VisitCorrected,
        _ => EventTypes.VisitRetracted,
    };

    /// <summary>The token in an event's evidence; null when there is none.</summary>
    public static long? TokenOf(IReadOnlyList<Evidence> evidence) =>
        evidence is [{ Detail: var detail }] && long.TryParse(detail, NumberStyles.None, CultureInfo.InvariantCulture, out var token) ? token : null;

    private static string BayOf(int number) => string.Create(CultureInfo.InvariantCulture, $"bay-{number + 1:00}");

    private Transition Decide(string bay, ObservedAt now)
    {
        var token = ++_token;
        ImmutableArray<Evidence> evidence = [new("reader-1", "tag", token.ToString(CultureInfo.InvariantCulture))];
        if (!_open.TryGetValue(bay, out var visit))
        {
            _open[bay] = visit = string.Create(CultureInfo.InvariantCulture, $"visit-{token}");
            return new VehicleEntered(bay, visit, VehicleOf(visit), now, now, now, now, evidence);
        }

        var entered = now - TimeSpan.FromSeconds(1);
        switch (_random.Next(10))
        {
            case 0:
                return new VehicleIdentified(bay, visit, VehicleOf(visit), now, now, now, now, evidence);
            case 1:
                return new VisitCorrected(
                    bay, visit, VehicleOf(visit), entered, entered, now, now, evidence, null, IsStillPresent: true, Reason);
            case 2:
                _open.Remove(bay);
                return new VisitRetracted(bay, visit, VehicleOf(visit), now, now, now, now, evidence, Reason);
            default:
                _open.Remove(bay);
                return new VehicleLeft(bay, visit, VehicleOf(visit), now, entered, now, now, evidence, entered);
        }
    }

    private static Vehicle VehicleOf(string visit) => new() { Ref = visit };

    private sealed record Saved(long Token, Dictionary<string, string> Open);
}

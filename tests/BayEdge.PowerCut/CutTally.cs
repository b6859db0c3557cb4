namespace BayEdge.PowerCut;

/// <summary>What all cuts of a run came to.</summary>
internal sealed class CutTally
{
    private readonly Dictionary<ViolationKind, int> _violations = [];
    private long _promised;
    private long _deliveredAgain;
    private int _unanswered;

    public int Lives { get; set; }

    public int Cuts { get; private set; }

    public int Violations => _violations.Values.Sum();

    public void Add(RecoveryCheck check, Promises promises)
    {
        Cuts++;
        _promised += promises.Tokens.Count;
        _deliveredAgain += check.DeliveredAgain;
        _unanswered += promises.Unanswered is null ? 0 : 1;
        foreach (var violation in check.Violations)
            _violations[violation.Kind] = _violations.GetValueOrDefault(violation.Kind) + 1;
    }

    /// <summary>Two lines for a person.</summary>
    public string Summary(int seed) =>
        $"{Cuts} cuts, seed {seed}: {Of(ViolationKind.Lost)} lost, {Of(ViolationKind.Doubled)} doubled, "
        + $"{Of(ViolationKind.Start)} start failures, {Of(ViolationKind.State)} other promises broken\n"
        + $"{Lives} lives, {_promised} events held against their promise, {_unanswered} cuts inside an append, "
        + $"{_deliveredAgain} confirmed events delivered again";

    private int Of(ViolationKind kind) => _violations.GetValueOrDefault(kind);
}

using System.Globalization;

namespace BayEdge.PowerCut;

/// <summary>What the journal had promised when the power went, as the log tells it.</summary>
internal sealed class Promises
{
    private readonly HashSet<long> _confirming = [];
    private readonly HashSet<long> _confirmed = [];
    private readonly HashSet<long> _settingAside = [];
    private readonly List<Violation> _violations = [];
    private long _confirmingUpTo;
    private long _confirmedUpTo;

    /// <summary>Null while no journal has been opened.</summary>
    public int? Epoch { get; private set; }

    /// <summary>The last number that an append returned.</summary>
    public long Last { get; private set; }

    /// <summary>The append that returned last; 0 when none has.</summary>
    public long Append { get; private set; }

    /// <summary>The append that had begun and not returned.</summary>
    public (long Append, long FirstToken, int Count)? Unanswered { get; private set; }

    /// <summary>What stands at each number that was returned or published, confirmed ones too.</summary>
    public Dictionary<long, long> Tokens { get; } = [];

    /// <summary>Events that are set aside for certain.</summary>
    public long LeastSetAside { get; private set; }

    public long MostSetAside { get; private set; }

    /// <summary>What the journal did wrong while it ran.</summary>
    public IReadOnlyList<Violation> Violations => _violations;

    public bool MayBeGone(long sequence) => sequence <= _confirmingUpTo || _confirming.Contains(sequence);

    public bool IsConfirmed(long sequence) => sequence <= _confirmedUpTo || _confirmed.Contains(sequence);

    public bool MayBeSetAside(long sequence) => _settingAside.Contains(sequence);

    /// <summary>The promises with which the next life starts: what was found after the cut, and what no life may give out again.</summary>
    public Promises After(RecoveredJournal found)
    {
        var next = new Promises
        {
            Epoch = found.Epoch,
            Last = found.Last,
            Append = found.Append,
            LeastSetAside = found.SetAside,
            MostSetAside = found.SetAside,
        };
        foreach (var (sequence, token) in Tokens.Concat(found.Tokens))
            next.Tokens[sequence] = token;
        next._settingAside.UnionWith(_settingAside);
        next._confirmed.UnionWith(next.Tokens.Keys.Where(sequence => !found.Present.Contains(sequence)));
        next._confirming.UnionWith(next._confirmed);
        return next;
    }

    public void Read(string line)
    {
        var words = line.Split(' ');
        var promise = Enum.Parse<Promise>(words[0]);
        if (promise == Promise.Fault)
        {
            _violations.Add(new Violation(ViolationKind.Start, line));
            return;
        }

        var numbers = words[1..].Select(word => long.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        switch (promise)
        {
            case Promise.Opened:
                Reopened((int)numbers[0], numbers[1]);
                break;
            case Promise.Appending:
                Unanswered = (numbers[0], numbers[1], (int)numbers[2]);
                break;
            case Promise.Appended:
                Answered(numbers[0], numbers[1]);
                break;
            case Promise.Published:
                Promised(numbers[0], numbers[1]);
                break;
            case Promise.ConfirmingUpTo:
                _confirmingUpTo = Math.Max(_confirmingUpTo, numbers[0]);
                break;
            case Promise.ConfirmedUpTo:
                _confirmedUpTo = Math.Max(_confirmedUpTo, numbers[0]);
                break;
            case Promise.Confirming:
                _confirming.UnionWith(numbers);
                break;
            case Promise.Confirmed:
                _confirmed.UnionWith(numbers);
                break;
            case Promise.SettingAside:
                _settingAside.Add(numbers[0]);
                MostSetAside++;
                break;
            case Promise.SetAside:
                LeastSetAside++;
                break;
            default:
                throw new InvalidOperationException($"A line of the log that nobody reads: {line}");
        }
    }

    private void Reopened(int epoch, long last)
    {
        if (epoch != (Epoch ?? 1) || last != Last)
            Add(ViolationKind.State, $"Opened at epoch {epoch}, event {last}, but was left at epoch {Epoch ?? 1}, event {Last}.");
        Epoch = epoch;
        Last = last;
    }

    private void Answered(long append, long last)
    {
        if (Unanswered is not { } asked || asked.Append != append || last != Last + asked.Count)
        {
            Add(ViolationKind.Doubled, $"Append {append} returned event {last} after event {Last}.");
            return;
        }

        for (var index = 0; index < asked.Count; index++)
            Promised(Last + index + 1, asked.FirstToken + index);
        Last = last;
        Append = append;
        Unanswered = null;
    }

    private void Promised(long sequence, long token)
    {
        if (!Tokens.TryAdd(sequence, token) && Tokens[sequence] != token)
            Add(ViolationKind.Doubled, $"Event {sequence} was {Tokens[sequence]} and then {token}.");
    }

    private void Add(ViolationKind kind, string what) => _violations.Add(new Violation(kind, what));
}

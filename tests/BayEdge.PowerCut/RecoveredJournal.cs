namespace BayEdge.PowerCut;

/// <summary>What a journal held when it was opened after a power cut.</summary>
/// <param name="Append">The append whose snapshot it is; 0 when there is none.</param>
/// <param name="Tokens">What stands at each number.</param>
/// <param name="Present">The numbers in the outbox, notices of events set aside among them.</param>
/// <param name="SetAside">Events in quarantine.</param>
internal sealed record RecoveredJournal(
    int Epoch, long Last, long Append, IReadOnlyDictionary<long, long> Tokens, IReadOnlySet<long> Present, long SetAside);

/// <summary>A promise that a power cut broke.</summary>
/// <param name="What">In a sentence.</param>
internal sealed record Violation(ViolationKind Kind, string What);

internal enum ViolationKind
{
    /// <summary>An event that was returned or published, and never confirmed, is gone.</summary>
    Lost,

    /// <summary>A number stands for two events, or for one that nobody wrote.</summary>
    Doubled,

    /// <summary>The file system or the journal does not open, or opens as damaged.</summary>
    Start,

    /// <summary>Snapshot, quarantine or counting do not fit the events.</summary>
    State,
}

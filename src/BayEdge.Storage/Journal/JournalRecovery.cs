namespace BayEdge.Storage.Journal;

/// <summary>The journal before was damaged, lost or rolled back, and a new epoch began.</summary>
/// <remarks>Told at every start until the first event of the new epoch is written, so that a crash does not hide it.</remarks>
/// <param name="Reason">What was wrong, in a sentence.</param>
/// <param name="MovedTo">The folder that holds the files of the journal before; null when there were none.</param>
/// <param name="PreviousEpoch">Null when neither the journal nor its second record could tell.</param>
/// <param name="PreviousLastSequence">No number above this was given out in that epoch; null when unknown.</param>
/// <param name="RecoveredAt">When the new epoch began, on the wall clock.</param>
/// <param name="Salvaged">Events taken over from the journal before; they keep their positions and are still delivered.</param>
public sealed record JournalRecovery(
    string Reason, string? MovedTo, int? PreviousEpoch, long? PreviousLastSequence, DateTimeOffset RecoveredAt, int Salvaged);

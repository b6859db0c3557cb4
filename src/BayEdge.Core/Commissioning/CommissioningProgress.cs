using System.Collections.Immutable;
using BayEdge.Core.Commissioning.Walk;

namespace BayEdge.Core.Commissioning;

/// <summary>How far the installer has come: kept by the device, so that any phone goes on where another stopped.</summary>
/// <remarks>
/// What was passed stays passed: a reader without power or a broker that is away is a matter of health, and sends nobody back.
/// </remarks>
public sealed record CommissioningProgress
{
    private static readonly ImmutableArray<CommissioningStep> Order = [.. Enum.GetValues<CommissioningStep>()];

    // What a sister's configuration says already; the place of the device and its own trial remain.
    private static readonly ImmutableArray<CommissioningStep> Adopted =
        [CommissioningStep.Bays, CommissioningStep.Readers, CommissioningStep.Cameras, CommissioningStep.Rules];

    public static CommissioningProgress None { get; } = new();

    /// <summary>What was tried so far.</summary>
    public ImmutableSortedDictionary<CommissioningStep, StepRecord> Steps { get; init; } = ImmutableSortedDictionary<CommissioningStep, StepRecord>.Empty;

    /// <summary>The last walk test of each bay, by the bay's id.</summary>
    public ImmutableSortedDictionary<string, WalkResult> Walks { get; init; } = ImmutableSortedDictionary.Create<string, WalkResult>(StringComparer.Ordinal);

    /// <summary>The antenna that heard the tag which was held in each bay, by the bay's id.</summary>
    public ImmutableSortedDictionary<string, HeldAntenna> Antennas { get; init; } = ImmutableSortedDictionary.Create<string, HeldAntenna>(StringComparer.Ordinal);

    /// <summary>The device whose configuration was taken over; null for none.</summary>
    public string? AdoptedFrom { get; init; }

    /// <summary>When the device was handed over; from then on no page begins with the installation.</summary>
    public DateTimeOffset? HandedOverAt { get; init; }

    public bool IsPassed(CommissioningStep step) => Steps.GetValueOrDefault(step) is { PassedAt: not null };

    /// <summary>Where to go on; null when the device was handed over.</summary>
    public CommissioningStep? Next => HandedOverAt is not null ? null : Order.FirstOrDefault(step => !IsPassed(step), CommissioningStep.Handover);

    /// <summary>A step was tried.</summary>
    public CommissioningProgress With(CommissioningStep step, StepRecord record)
    {
        var before = Steps.GetValueOrDefault(step)?.PassedAt;
        var passedAt = before ?? (record.State is StepState.Ok or StepState.Warning ? record.At : null);
        return this with { Steps = Steps.SetItem(step, record with { PassedAt = passedAt }) };
    }

    /// <summary>A bay was walked; the step is passed once every bay is verified.</summary>
    /// <param name="bays">The device's bays.</param>
    public CommissioningProgress With(WalkResult walked, IReadOnlyCollection<string> bays)
    {
        var walks = Walks.SetItem(walked.Bay, walked);
        var checks = bays.Select(bay => walks.GetValueOrDefault(bay) is { } walk
            ? new Check(bay, walk.State, WalkSentences.Verdict(walk))
            : new Check(bay, StepState.Unknown, WalkSentences.NotWalked.With(("bay", bay)))).ToImmutableArray();
        var verified = checks.Count(check => check.State is StepState.Ok or StepState.Warning);
        var record = new StepRecord(
            StepRecord.WorstOf(checks), WalkSentences.Verified.With(("count", verified), ("of", bays.Count)), checks, walked.EndedAt);
        return (this with { Walks = walks }).With(CommissioningStep.WalkTest, record);
    }

    /// <summary>A tag was held in a bay, and this antenna heard it; it looks at no other bay from then on.</summary>
    public CommissioningProgress With(string bay, HeldAntenna antenna) =>
        this with { Antennas = Antennas.RemoveRange(Antennas.Where(held => held.Value == antenna).Select(held => held.Key)).SetItem(bay, antenna) };

    /// <summary>The configuration of a sister took the place of the steps in which it would have been made.</summary>
    public CommissioningProgress Adopting(string sister, IReadOnlyCollection<LeftOutSecret> leftOut, DateTimeOffset at) =>
        Adopted.Aggregate(this with { AdoptedFrom = sister }, (progress, step) => progress.With(step, RecordOf(sister, [.. leftOut.Where(secret => StepOf(secret) == step)], at)));

    // Those of the broker and of contacts are said where the bays are: the first thing that the installer sees of it.
    private static CommissioningStep StepOf(LeftOutSecret secret) => secret.Section switch
    {
        "readers" => CommissioningStep.Readers,
        "cameras" => CommissioningStep.Cameras,
        _ => CommissioningStep.Bays,
    };

    private static StepRecord RecordOf(string sister, ImmutableArray<LeftOutSecret> leftOut, DateTimeOffset at) => leftOut.IsEmpty
        ? new StepRecord(StepState.Ok, CommissioningSentences.Adopted.With(("device", sister)), [], at)
        : new StepRecord(
            StepState.Warning, CommissioningSentences.AdoptedWithout.With(("device", sister), ("secrets", string.Join(", ", leftOut.Select(secret => secret.Name)))), [], at);
}

/// <param name="Reader">The reader's id.</param>
/// <param name="Port">From 1.</param>
public sealed record HeldAntenna(string Reader, int Port);

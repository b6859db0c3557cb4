using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;

namespace BayEdge.Service.Configuring;

/// <summary>What holds at the moment.</summary>
/// <param name="Revision">Names this content; <c>none</c> where there is none.</param>
/// <param name="Configuration">What the device works with; null while nothing that can be used has been there.</param>
/// <param name="Problems">What is wrong with the file as it lies on the disk; then an earlier content is worked with, if there was one.</param>
internal sealed record ConfigurationState(string Revision, EdgeConfiguration? Configuration, Secrets Secrets, ImmutableArray<Problem> Problems)
{
    public static ConfigurationState None { get; } = new("none", null, Secrets.None, []);

    /// <summary>The file's content, secrets apart; null where it is no JSON object.</summary>
    public JsonObject? Document { get; init; }

    /// <summary>Until when the change must be confirmed, else it is taken back; null when nothing waits.</summary>
    public DateTimeOffset? ConfirmBy { get; init; }
}

/// <summary>What came of a proposed configuration.</summary>
/// <param name="Revision">What holds now.</param>
/// <param name="Problems">Why it was refused; none when it holds.</param>
/// <param name="Fault">What kept it from being saved, in a sentence; null when nothing did.</param>
internal sealed record ProposalResult(string Revision, ImmutableArray<Problem> Problems, Phrase? Fault)
{
    public bool Applied => Problems.IsEmpty && Fault is null && !Outdated;

    /// <summary>Whether it was made on what held no longer, so that it would have undone somebody else's change.</summary>
    public bool Outdated { get; init; }

    /// <summary>The version in the history; null when nothing was changed.</summary>
    public int? Version { get; init; }

    /// <summary>Until when it must be confirmed; null when it need not.</summary>
    public DateTimeOffset? ConfirmBy { get; init; }
}

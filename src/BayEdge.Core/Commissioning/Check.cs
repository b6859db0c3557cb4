using BayEdge.Core.Bays;

namespace BayEdge.Core.Commissioning;

/// <summary>One thing that was proved, or was not.</summary>
/// <param name="Id">Names it within its step.</param>
/// <param name="Says">What was found: one sentence, with what to do where something is wrong.</param>
/// <param name="Milliseconds">How long it took; null where that says nothing.</param>
public sealed record Check(string Id, StepState State, Phrase Says, double? Milliseconds = null);

using System.Collections.Immutable;

namespace BayEdge.Core.Drivers;

/// <summary>What asking a device found.</summary>
/// <param name="Answered">Whether the device can be used as configured.</param>
/// <param name="Summary">One sentence: what answered, or what was expected, what came and what to do.</param>
/// <param name="Facts">Such as model, firmware, antennas or resolution.</param>
public sealed record ProbeReport(bool Answered, string Summary, ImmutableArray<ProbeFact> Facts)
{
    public static ProbeReport Failed(DeviceFaultException fault) => new(false, fault.Message, []);
}

public sealed record ProbeFact(string Name, string Value);

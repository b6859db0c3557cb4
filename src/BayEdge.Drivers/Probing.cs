using System.Collections.Immutable;
using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers;

/// <summary>Asks a device within a time limit; what is wrong with the device becomes the answer.</summary>
internal static class Probing
{
    /// <param name="silence">What is said of a device that does not answer in time, without the end of the sentence.</param>
    /// <param name="remedy">What to do then.</param>
    public static async Task<ProbeReport> WithinAsync(
        TimeSpan limit, Wording silence, Wording remedy, Func<CancellationToken, Task<ProbeReport>> ask, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timeUp = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeUp.Token, cancellationToken);
        try
        {
            return await ask(either.Token);
        }
        catch (DeviceFaultException fault)
        {
            return ProbeReport.Failed(fault);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProbeReport(false, $"{silence} within {limit.TotalSeconds:0} s. {remedy}", []);
        }
    }

    /// <summary>Whether a reader that is asked who it is may be made to read for a moment: not one that is only being looked for.</summary>
    public static bool MayRead(SourceConfiguration configuration) => configuration is ReaderConfiguration { Antennas.IsEmpty: false };

    /// <summary>How many ports there are, and on which the reader feels an antenna; nothing where it does not tell of them.</summary>
    public static IEnumerable<ProbeFact> AntennaFacts(ImmutableArray<AntennaPort> ports) => ports.IsEmpty
        ? []
        : [
            new ProbeFact(ProbeFact.Antennas, $"{ports.Length}"),
            new ProbeFact(ProbeFact.ConnectedAntennas, string.Join(", ", ports.Where(port => port.Connected == true).Select(port => port.Port))),
        ];

    /// <summary>What starting to read will set on the device, in words; empty when it sets nothing.</summary>
    public static Wording Changes(IReadOnlyCollection<string> changes) =>
        changes.Count == 0 ? Wording.Of("") : $" It will be set to {string.Join(" and ", changes)}, as configured.";
}

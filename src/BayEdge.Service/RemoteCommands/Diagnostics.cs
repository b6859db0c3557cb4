using System.Runtime.InteropServices;
using BayEdge.Contracts.Commands;
using BayEdge.Contracts.Events;
using BayEdge.Core.Delivery;
using BayEdge.Core.Timing;
using BayEdge.Service.Status;

namespace BayEdge.Service.RemoteCommands;

/// <summary>Collects what support asks for first.</summary>
internal sealed class Diagnostics(HealthReporter health, IOutbox outbox, RecentProblems problems, TimeProvider time)
{
    /// <exception cref="StorageFaultException">The disk does not say what is stored.</exception>
    public DiagnosticsResult Collect() => new()
    {
        Health = health.Report(),
        OperatingSystem = RuntimeInformation.OSDescription,
        Runtime = RuntimeInformation.FrameworkDescription,
        Architecture = RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant(),
        MemoryBytes = Environment.WorkingSet,
        ComputerUptimeSeconds = Math.Round(time.Observe().Monotonic.TotalSeconds, 1),
        LastEvent = EventNumber.Of(new EventPosition(outbox.Epoch, outbox.GetStatus().LastSequence)),
        Problems = problems.List(),
    };
}

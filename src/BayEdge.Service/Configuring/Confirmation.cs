using BayEdge.Storage.Configuration;

namespace BayEdge.Service.Configuring;

/// <summary>A change that waits to be confirmed. A wall clock that is set meanwhile makes its time neither longer nor shorter.</summary>
/// <param name="Change">What to go back to, as it is kept for the next start.</param>
internal sealed record Confirmation(UnfinishedChange Change, TimeSpan Within, long AskedAt)
{
    public bool IsOverdue(TimeProvider time) => time.GetElapsedTime(AskedAt) >= Within;
}

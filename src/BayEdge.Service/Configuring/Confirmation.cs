using BayEdge.Storage.Configuration;

namespace BayEdge.Service.Configuring;

/// <summary>A change that waits to be confirmed. A wall clock that is set meanwhile makes its time neither longer nor shorter.</summary>
/// <param name="Change">What to go back to, as it is kept for the next start.</param>
/// <param name="Revision">By which whoever made the change confirms it, whatever has been changed on top of it since.</param>
internal sealed record Confirmation(UnfinishedChange Change, string Revision, TimeSpan Within, long AskedAt)
{
    public bool IsOverdue(TimeProvider time) => Left(time) <= TimeSpan.Zero;

    public TimeSpan Left(TimeProvider time) => Within - time.GetElapsedTime(AskedAt);
}

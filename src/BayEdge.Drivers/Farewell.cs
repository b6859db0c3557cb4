using BayEdge.Core.Drivers;

namespace BayEdge.Drivers;

/// <summary>Leaves a device as a polite client does: within a short limit, and never with a fault.</summary>
internal static class Farewell
{
    /// <param name="say">What a device that does not hear it notices by itself in the end, or the next session makes good.</param>
    public static async Task SayAsync(TimeSpan limit, TimeProvider time, Func<CancellationToken, Task> say)
    {
        using var timeUp = new CancellationTokenSource(limit, time);
        try
        {
            await say(timeUp.Token);
        }
        catch (Exception exception) when (exception is DeviceFaultException or OperationCanceledException)
        {
            // Whoever leaves cares no more.
        }
    }
}

using BayEdge.Core.Delivery;
using BayEdge.Core.Timing;
using Microsoft.Extensions.Logging;

namespace BayEdge.Messaging.Publishing;

/// <summary>Tries a piece of work on the journal until the disk takes it: a sick disk is no reason to give up a sound connection.</summary>
internal sealed class DiskPatience(MqttPublisherOptions options, Func<double> random, TimeProvider time, ILogger logger)
{
    private int _failing;

    public async Task<TResult> RunAsync<TResult>(Func<TResult> work, CancellationToken cancellationToken)
    {
        try
        {
            return work();
        }
        catch (StorageFaultException fault)
        {
            // Several may meet the same sick disk.
            if (Interlocked.Increment(ref _failing) == 1)
                PublisherLog.DiskFailed(logger, fault.Message);
        }

        var recovered = false;
        try
        {
            var result = await RetryAsync(work, cancellationToken);
            recovered = true;
            return result;
        }
        finally
        {
            if (Interlocked.Decrement(ref _failing) == 0 && recovered)
                PublisherLog.DiskRecovered(logger);
        }
    }

    public Task RunAsync(Action work, CancellationToken cancellationToken) => RunAsync(
        () =>
        {
            work();
            return true;
        },
        cancellationToken);

    private async Task<TResult> RetryAsync<TResult>(Func<TResult> work, CancellationToken cancellationToken)
    {
        var waits = new Backoff(options.FirstRetry, options.LongestRetry, random);
        while (true)
        {
            await Task.Delay(waits.Next(), time, cancellationToken);
            try
            {
                return work();
            }
            catch (StorageFaultException)
            {
                // Said already.
            }
        }
    }
}

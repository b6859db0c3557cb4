using System.Collections.Immutable;
using BayEdge.Core.Commissioning;
using BayEdge.Core.Delivery;

namespace BayEdge.Service.Commissioning;

/// <summary>Keeps how far the installer has come, for every phone alike.</summary>
internal sealed partial class CommissioningKeeper
{
    private readonly Lock _lock = new();
    private readonly ProgressFile _file;
    private readonly ILogger _logger;
    private CommissioningProgress _progress;
    private ImmutableSortedDictionary<CommissioningStep, ImmutableArray<Check>> _running = ImmutableSortedDictionary<CommissioningStep, ImmutableArray<Check>>.Empty;
    private TaskCompletionSource _changed = NewSignal();

    public CommissioningKeeper(ProgressFile file, ILogger<CommissioningKeeper> logger) => (_file, _logger, _progress) = (file, logger, file.Read());

    public CommissioningProgress Progress
    {
        get
        {
            lock (_lock)
                return _progress;
        }
    }

    /// <summary>The steps that are being tried, with what is known of each so far.</summary>
    public ImmutableSortedDictionary<CommissioningStep, ImmutableArray<Check>> Running => Volatile.Read(ref _running);

    /// <summary>Completes when anything is another; to be taken before looking.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    /// <summary>Something changed that is not kept here, such as the walk test.</summary>
    public void Announce() => Interlocked.Exchange(ref _changed, NewSignal()).SetResult();

    public void Update(Func<CommissioningProgress, CommissioningProgress> change)
    {
        lock (_lock)
        {
            var next = change(_progress);
            if (ReferenceEquals(next, _progress))
                return;
            _progress = next;
            Save();
        }

        Announce();
    }

    /// <summary>A step is being tried; this much is known of it.</summary>
    public void Report(CommissioningStep step, ImmutableArray<Check> checks)
    {
        ImmutableInterlocked.Update(ref _running, running => running.SetItem(step, checks));
        Announce();
    }

    /// <summary>A step has been tried.</summary>
    public void Finish(CommissioningStep step, StepRecord record)
    {
        ImmutableInterlocked.Update(ref _running, running => running.Remove(step));
        Update(progress => progress.With(step, record));
    }

    /// <summary>A trial was given up; what was known before holds.</summary>
    public void Abandon(CommissioningStep step)
    {
        ImmutableInterlocked.Update(ref _running, running => running.Remove(step));
        Announce();
    }

    private void Save()
    {
        try
        {
            _file.Write(_progress);
        }
        catch (StorageFaultException exception)
        {
            // The installation goes on; after a power cut the steps since then are gone through again.
            Log.NotSaved(_logger, exception);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static partial class Log
    {
        [LoggerMessage(EventId = 1801, Level = LogLevel.Error, Message = "The progress of the installation cannot be saved")]
        public static partial void NotSaved(ILogger logger, Exception exception);
    }
}

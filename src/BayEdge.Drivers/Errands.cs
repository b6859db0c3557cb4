using BayEdge.Core.Bays;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers;

/// <summary>Lets others ask something of a device whose conversation one loop leads: it runs their errands between two messages.</summary>
/// <param name="device">How a sentence names the device, such as <c>reader at 192.0.2.5</c>.</param>
internal sealed class Errands<TSession>(Wording device)
    where TSession : class
{
    private readonly Lock _lock = new();
    private Visit? _visit;

    /// <summary>Has the loop run an errand; ends when that is done.</summary>
    /// <param name="errand">Gets the conversation, and a token that ends with the connection and not with whoever waits for it.</param>
    /// <exception cref="DeviceFaultException">No connection stands, or the errand failed.</exception>
    public async Task<T> RunAsync<T>(Func<TSession, CancellationToken, Task<T>> errand, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_visit is not { } visit)
                throw NotConnected();
            visit.Add(new Errand(
                // Whoever has given up meanwhile was told that it failed, and must not find it done later.
                (session, token) => cancellationToken.IsCancellationRequested ? Task.CompletedTask : DoAsync(session, token),
                exception => done.TrySetException(exception is OperationCanceledException ? NotConnected() : exception)));
        }

        return await done.Task.WaitAsync(cancellationToken);

        async Task DoAsync(TSession session, CancellationToken token) => done.TrySetResult(await errand(session, token));
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task RunAsync(Func<TSession, CancellationToken, Task> errand, CancellationToken cancellationToken) => RunAsync(
        async (session, token) =>
        {
            await errand(session, token);
            return true;
        },
        cancellationToken);

    /// <summary>The device delivers: says so, and has errands run until the result is disposed.</summary>
    public Visit Begin(TSession session, ISightingSink sink, CancellationToken cancellationToken)
    {
        var visit = new Visit(this, session, cancellationToken);
        lock (_lock)
            _visit = visit;

        // Whoever hears that the device is ready may ask something of it at once.
        sink.Ready();
        return visit;
    }

    private DeviceFaultException NotConnected() => new(
        DeviceFaultKind.Lost, $"The {device} is not connected at the moment. Wait until it is, or see why it is not.");

    /// <summary>One connection; its members but <see cref="Add"/> are for the loop alone.</summary>
    internal sealed class Visit(Errands<TSession> owner, TSession session, CancellationToken cancellationToken) : IDisposable
    {
        private readonly Queue<Errand> _waiting = new();
        private CancellationTokenSource _interrupt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        /// <summary>Waits for the next message, running what errands come up meanwhile.</summary>
        /// <param name="next">Must lose nothing when its token ends the wait.</param>
        public async ValueTask<T> NextAsync<T>(Func<CancellationToken, ValueTask<T>> next)
        {
            while (true)
            {
                await RunWaitingAsync();
                try
                {
                    return await next(_interrupt.Token);
                }
                catch (OperationCanceledException) when (_interrupt.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
                {
                    // An errand interrupted the wait.
                }
            }
        }

        /// <summary>Runs the errands that wait.</summary>
        /// <exception cref="DeviceFaultException">The device was lost over one of them.</exception>
        public async ValueTask RunWaitingAsync()
        {
            while (TryTake() is { } errand)
            {
                try
                {
                    await errand.RunAsync(session, cancellationToken);
                }
                catch (DeviceFaultException fault) when (fault.Kind == DeviceFaultKind.Refused)
                {
                    errand.Fail(fault);
                }
                catch (Exception exception)
                {
                    errand.Fail(exception);
                    throw;
                }
            }
        }

        /// <summary>Called with the owner's lock held, so what the interruption sets going must not run here.</summary>
        public void Add(Errand errand)
        {
            _waiting.Enqueue(errand);
            _ = _interrupt.CancelAsync();
        }

        public void Dispose()
        {
            lock (owner._lock)
            {
                owner._visit = null;
                while (_waiting.TryDequeue(out var errand))
                    errand.Fail(owner.NotConnected());
                _interrupt.Dispose();
            }
        }

        private Errand? TryTake()
        {
            lock (owner._lock)
            {
                if (_waiting.TryDequeue(out var errand))
                    return errand;
                if (!_interrupt.IsCancellationRequested || cancellationToken.IsCancellationRequested)
                    return null;
                _interrupt.Dispose();
                _interrupt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                return null;
            }
        }
    }

    /// <param name="RunAsync">Throws when the errand cannot be done.</param>
    /// <param name="Fail">Tells whoever waits why.</param>
    internal sealed record Errand(Func<TSession, CancellationToken, Task> RunAsync, Action<Exception> Fail);
}

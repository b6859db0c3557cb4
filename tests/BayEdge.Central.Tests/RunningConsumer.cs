using BayEdge.Central.Ledger;
using BayEdge.Contracts;
using BayEdge.TestKit;

namespace BayEdge.Central.Tests;

/// <summary>A consumer at work; stopping it closes its ledger.</summary>
internal sealed class RunningConsumer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _run;

    private RunningConsumer(CentralOptions options, string? ledgerPath)
    {
        Ledger = CentralLedger.Open(ledgerPath);
        _run = new CentralConsumer(options, Ledger, Listener, TimeProvider.System).RunAsync(_stop.Token);
    }

    public CentralLedger Ledger { get; }

    public RecordingListener Listener { get; } = new();

    public static async Task<RunningConsumer> StartAsync(
        MosquittoBroker broker,
        CancellationToken cancellationToken,
        string? ledgerPath = null,
        Func<CentralOptions, CentralOptions>? change = null)
    {
        Assert.True(BrokerAddress.TryParse(broker.Url, out var address, out _));
        var options = new CentralOptions
        {
            Broker = address!,
            AckInterval = TimeSpan.FromMilliseconds(50),
            LedgerRetry = TimeSpan.FromMilliseconds(100),
            FirstRetry = TimeSpan.FromMilliseconds(100),
            LongestRetry = TimeSpan.FromMilliseconds(500),
        };
        var consumer = new RunningConsumer(change?.Invoke(options) ?? options, ledgerPath);
        await Eventually.HoldsAsync(() => consumer.Listener.Connections > 0, "the consumer to connect", cancellationToken);
        return consumer;
    }

    /// <summary>Stops the consumer; its ledger can still be read.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _run;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Ledger.Dispose();
        _stop.Dispose();
    }
}

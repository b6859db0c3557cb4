using BayEdge.Central;
using BayEdge.Central.Ledger;
using BayEdge.Contracts;
using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.Events;

namespace BayEdge.Faults.Played;

/// <summary>The reference consumer's process; prints what the checks must know.</summary>
internal sealed class PlayedCentral(string ledgerPath) : ICentralListener
{
    public const string ConnectedWord = "connected";
    public const string DuplicateWord = "duplicate";
    public const string LostWord = "lost";
    public const string MalformedWord = "malformed";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ledger = await OpenAsync(cancellationToken);
        var options = new CentralOptions
        {
            Broker = BrokerAddress.TryParse($"mqtt://127.0.0.1:{Names.CentralPort}", out var broker, out var problem)
                ? broker! : throw new InvalidOperationException(problem),
            Login = new BrokerLogin { UserName = Names.CentralUser, Password = Names.Password },
            ClientId = Names.CentralClientId,
            // Less patience than in life, as with the device.
            PingInterval = TimeSpan.FromSeconds(2),
            AnswerLimit = TimeSpan.FromSeconds(5),
            FirstRetry = TimeSpan.FromSeconds(0.2),
            LongestRetry = TimeSpan.FromSeconds(2),
            LedgerRetry = TimeSpan.FromSeconds(0.5),
        };
        await new CentralConsumer(options, ledger, this, TimeProvider.System).RunAsync(cancellationToken);
    }

    public void Connected(string broker) => Console.WriteLine($"{ConnectedWord} {broker}");

    public void Disconnected(string reason) => Console.WriteLine($"disconnected {reason}");

    public void DroppedDuplicate(EventSource source, EventPosition position) => Console.WriteLine($"{DuplicateWord} {position}");

    public void GapOpened(EventSource source, SequenceRange missing) => Console.WriteLine($"gap {source} {missing}");

    public void GapLost(EventSource source, SequenceRange lost) => Console.WriteLine($"{LostWord} {source.Epoch} {lost}");

    public void Malformed(string topic, string problem) => Console.WriteLine($"{MalformedWord} {topic} {problem}");

    public void AcknowledgementFailed(EventSource source, string problem) => Console.WriteLine($"not acknowledged: {problem}");

    public void LedgerFailed(string problem) => Console.WriteLine($"ledger failed: {problem}");

    // As whatever watches over a real one would do while its disk is full.
    private async Task<CentralLedger> OpenAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return CentralLedger.Open(ledgerPath);
            }
            catch (LedgerFaultException fault)
            {
                Console.WriteLine(fault.Message);
                await Task.Delay(TimeSpan.FromSeconds(0.2), cancellationToken);
            }
        }
    }
}

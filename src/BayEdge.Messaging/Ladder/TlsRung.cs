using System.Net.Security;
using System.Security.Authentication;
using BayEdge.Core.Bays;
using BayEdge.Core.Commissioning;
using BayEdge.Messaging.Certificates;
using BayEdge.Messaging.Publishing;

namespace BayEdge.Messaging.Ladder;

/// <summary>Looks at the broker's certificate, and at the device's own.</summary>
internal sealed class TlsRung(LadderOptions options, TimeProvider time)
{
    public async Task<Check> TryAsync(Stream transport, CancellationToken cancellationToken)
    {
        TlsFiles files;
        try
        {
            files = TlsFiles.Load(options.Publisher);
        }
        catch (BrokerFaultException fault)
        {
            return Failed(fault.Rung!);
        }

        using (files)
            return await TryAsync(transport, files, cancellationToken);
    }

    private async Task<Check> TryAsync(Stream transport, TlsFiles files, CancellationToken cancellationToken)
    {
        var judge = new BrokerCertificate(files.Authorities, options.Publisher.Broker.Host, () => options.Clock.State, time);
        using var limit = new CancellationTokenSource(options.Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await using var stream = new SslStream(transport);
        try
        {
            // Looked at, not relied on: nothing is sent here, and the login that follows judges for itself.
            await stream.AuthenticateAsClientAsync(judge.Handshake(files.Own), either.Token);
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return judge.Verdict is var (state, says)
            ? new Check(BrokerLadder.Tls, state, says)
            : Failed(LadderSentences.NoCertificate.With(("port", options.Publisher.Broker.Port)));
    }

    private static Check Failed(Phrase says) => new(BrokerLadder.Tls, StepState.Failed, says);
}

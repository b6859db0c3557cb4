using BayEdge.Messaging.Publishing;
using Microsoft.Extensions.Logging;

namespace BayEdge.Messaging.Certificates;

/// <summary>Looks now and then whether the certificates of a connection were renewed on the disk, and whether the device's own runs out.</summary>
internal sealed class CertificateWatch(MqttPublisherOptions options, Dangers dangers, TimeProvider time, ILogger logger)
{
    private const string Danger = "certificate";

    private static readonly TimeSpan RunsOutSoon = TimeSpan.FromDays(30);

    /// <summary>
    /// Fails with <see cref="BrokerFaultKind.Renewed"/> once there are others that the broker accepts: while it does not, the connection that
    /// stands is worth more.
    /// </summary>
    /// <param name="inUse">Null without TLS.</param>
    public async Task RunAsync(TlsFiles? inUse, CancellationToken cancellationToken)
    {
        if (inUse is null)
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        using var timer = new PeriodicTimer(options.CertificateInterval, time);
        string? said = null;
        do
        {
            dangers.Set(Danger, inUse!.Own is { } own
                ? CertificateFaults.RunsOut(options.ClientCertificateFile!, own, time.GetUtcNow(), RunsOutSoon)
                : null);
            var (isRenewed, fault) = await LookAsync(inUse, cancellationToken);
            if (isRenewed && fault is null)
                throw new BrokerFaultException("The certificates were renewed.") { Kind = BrokerFaultKind.Renewed };
            if (fault is not null && fault != said)
                PublisherLog.RenewedOfNoUse(logger, fault);
            said = fault;
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private async Task<(bool IsRenewed, string? Fault)> LookAsync(TlsFiles inUse, CancellationToken cancellationToken)
    {
        try
        {
            using var files = TlsFiles.Load(options);
            if (files.Stamp == inUse.Stamp)
                return (false, null);
        }
        catch (BrokerFaultException fault)
        {
            // Perhaps only one of two files was written yet.
            return (true, fault.Message);
        }

        return (true, await BrokerProbe.FindFaultAsync(options, time, cancellationToken));
    }
}

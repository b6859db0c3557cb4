using BayEdge.Messaging.Publishing;
using Microsoft.Extensions.Logging;

namespace BayEdge.Messaging.Certificates;

/// <summary>Looks now and then whether the certificates of a connection were renewed on the disk, and whether the device's own runs out.</summary>
internal sealed class CertificateWatch(MqttPublisherOptions options, Dangers dangers, Func<double> random, TimeProvider time, ILogger logger)
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
        var refused = new RefusedFiles(options.CertificateInterval, random, time);
        string? said = null;
        do
        {
            dangers.Set(Danger, inUse!.Own is { } own
                ? CertificateFaults.RunsOut(options.ClientCertificateFile!, own, time.GetUtcNow(), options.Clock(), RunsOutSoon)
                : null);
            var fault = await LookAsync(inUse, refused, cancellationToken);
            if (fault is not null && fault != said)
                PublisherLog.RenewedOfNoUse(logger, fault);
            said = fault;
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <returns>What is wrong with the files that lie there now; null while they are those in use.</returns>
    private async Task<string?> LookAsync(TlsFiles inUse, RefusedFiles refused, CancellationToken cancellationToken)
    {
        string stamp;
        try
        {
            using var files = TlsFiles.Load(options);
            stamp = files.Stamp;
        }
        catch (BrokerFaultException fault)
        {
            // Perhaps only one of two files was written yet.
            return fault.Message;
        }

        if (stamp == inUse.Stamp)
            return null;
        if (refused.Find(stamp) is { } known)
            return known;
        var refusal = await BrokerProbe.FindFaultAsync(options, time, cancellationToken)
            ?? throw new BrokerFaultException("The certificates were renewed.") { Kind = BrokerFaultKind.Renewed };
        refused.Note(stamp, refusal);
        return refusal;
    }
}

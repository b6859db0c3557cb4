using System.Collections.Immutable;
using BayEdge.Contracts;
using BayEdge.Core.Bays;
using BayEdge.Core.Commissioning;
using BayEdge.Core.Configuration;
using BayEdge.Messaging.Ladder;
using BayEdge.Messaging.Publishing;
using BayEdge.Service.Configuring;
using BayEdge.Service.Endpoints;
using BayEdge.Service.Hosting;
using BayEdge.Service.Status;

namespace BayEdge.Service.Commissioning;

/// <param name="Site">As the central system calls the workshop.</param>
/// <param name="Url">Such as <c>mqtts://broker:8883</c>; null for no central system.</param>
/// <param name="Password">Null for the one that is known already.</param>
/// <param name="Anyway">Whether to keep the address though the way to it does not lead to the end yet.</param>
/// <param name="From">What was changed, as it was seen or entered before; null where whatever holds now may be replaced.</param>
internal sealed record CentralRequest(
    string Site, string Device, string Language, string? Url, string? User, string? Password, string? CaFile, bool Anyway, IReadOnlyList<CentralEntry>? From)
{
    /// <summary>Whether nobody else has changed it since.</summary>
    public bool IsOf(CentralEntry present) => From is null || From.Any(entry => entry?.Filled == present);
}

/// <summary>What of the way to the central system is not secret.</summary>
internal sealed record CentralEntry(string? Site, string? Device, string? Url, string? User, string? CaFile)
{
    public CentralEntry Filled => new(Site ?? "", Device ?? "", Url ?? "", User ?? "", CaFile ?? "");
}

/// <summary>Names the device and leads it to its central system, rung by rung.</summary>
internal sealed class CentralStep(
    CommissioningKeeper keeper, ConfigurationKeeper configurations, PageHostOptions options, IHostApplicationLifetime lifetime)
{
    private int _running;

    /// <summary>Begins the trial; a phone that is locked meanwhile finds the outcome later.</summary>
    /// <returns>Null, or why it does not.</returns>
    public IResult? Begin(CentralRequest request, string who)
    {
        if (FaultOf(request, out var broker) is { } problem)
            return CommissioningEndpoints.Refused(problem);
        if (!request.IsOf(SetupDocument.Of(configurations.Show()).Central()))
            return CommissioningEndpoints.Faster();
        if (Interlocked.CompareExchange(ref _running, 1, 0) != 0)
            return Refusal.Of(StatusCodes.Status409Conflict, SetupSentences.CentralRuns.With());
        _ = RunAsync(request, broker, who, lifetime.ApplicationStopping);
        return null;
    }

    private static Problem? FaultOf(CentralRequest request, out BrokerAddress? broker)
    {
        broker = null;
        if (!Topics.IsValidId(request.Site ?? ""))
            return new Problem("site", $"expected letters, digits, '-', '_' and '.', at most 64, but found '{request.Site}'");
        if (!Topics.IsValidId(request.Device ?? ""))
            return new Problem("device", $"expected letters, digits, '-', '_' and '.', at most 64, but found '{request.Device}'");
        if (request.Url is { } url && !BrokerAddress.TryParse(url, out broker, out var problem))
            return BrokerUrl.Problem("url", url, problem!);
        return null;
    }

    private async Task RunAsync(CentralRequest request, BrokerAddress? broker, string who, CancellationToken stopping)
    {
        StepRecord? record = null;
        try
        {
            record = await TryAsync(request, broker, who, stopping);
        }
        catch (OperationCanceledException)
        {
            // The service ends; the installer tries again.
        }
        finally
        {
            // Whoever sees the outcome may try again at once.
            Interlocked.Exchange(ref _running, 0);
            if (record is null)
                keeper.Abandon(CommissioningStep.Central);
            else
                keeper.Finish(CommissioningStep.Central, record);
        }
    }

    private async Task<StepRecord> TryAsync(CentralRequest request, BrokerAddress? broker, string who, CancellationToken stopping)
    {
        var checks = broker is null ? [] : await ClimbAsync(request, broker, stopping);
        var state = broker is null ? StepState.Warning : StepRecord.WorstOf(checks);
        var isReached = broker is not null && state is StepState.Ok or StepState.Warning;
        var goesOn = isReached || request.Anyway || broker is null;
        var fault = goesOn ? await SaveAsync(request, who, stopping) : null;
        return new StepRecord(
            fault is not null || !goesOn ? StepState.Failed : isReached ? state : StepState.Warning,
            fault ?? (isReached ? SetupSentences.CentralReached : goesOn ? SetupSentences.WithoutCentral : SetupSentences.CentralFailed).With(),
            checks,
            options.NetworkClock.GetUtcNow());
    }

    private async Task<ImmutableArray<Check>> ClimbAsync(CentralRequest request, BrokerAddress broker, CancellationToken stopping)
    {
        var known = configurations.Current.Secrets;
        var mqtt = configurations.Current.Configuration?.Mqtt;
        var ladder = new BrokerLadder(
            new LadderOptions
            {
                Publisher = new MqttPublisherOptions
                {
                    Site = request.Site,
                    Device = request.Device,
                    Broker = broker,
                    BootId = KernelClock.BootId,
                    Version = HealthReporter.Version,
                    CertificateAuthorityFile = string.IsNullOrEmpty(request.CaFile) ? null : request.CaFile,
                    ClientCertificateFile = broker.Tls ? mqtt?.CertFile : null,
                    ClientKeyFile = broker.Tls ? mqtt?.KeyFile : null,
                    Proxy = mqtt?.ProxyAddress,
                    Clock = () => KernelClock.Describe().State,
                    Secrets = known with
                    {
                        MqttUser = string.IsNullOrEmpty(request.User) ? null : request.User,
                        MqttPassword = request.Password is null or SecretMask.Text ? known.MqttPassword : request.Password,
                    },
                },
                Clock = KernelClock.Describe(),
            },
            options.NetworkClock);
        var rungs = BrokerLadder.Rungs.Select(rung => new Check(rung, StepState.Unknown, LadderSentences.NotTried.With())).ToImmutableArray();
        keeper.Report(CommissioningStep.Central, rungs.SetItem(0, rungs[0] with { State = StepState.Running, Says = LadderSentences.Running.With() }));
        await foreach (var rung in ladder.ClimbAsync(stopping))
        {
            var place = rungs.IndexOf(rungs.First(known => known.Id == rung.Id));
            rungs = rungs.SetItem(place, rung);
            keeper.Report(CommissioningStep.Central, rung.State == StepState.Failed || place + 1 == rungs.Length
                ? rungs
                : rungs.SetItem(place + 1, rungs[place + 1] with { State = StepState.Running, Says = LadderSentences.Running.With() }));
        }

        return rungs;
    }

    /// <returns>Null, or why it could not be kept.</returns>
    private async Task<Phrase?> SaveAsync(CentralRequest request, string who, CancellationToken stopping)
    {
        var result = await SetupEdit.ApplyAsync(configurations, (_, document) => Enter(request, document), who, "central system", stopping);
        if (result is null)
            return SetupSentences.AnotherFaster.With();
        return result.Applied ? null : SetupSentences.CentralNotKept.With(("reason", result.Fault ?? PageTexts.Of(result.Problems[0])));
    }

    /// <returns>False where somebody else has changed it.</returns>
    private static bool Enter(CentralRequest request, SetupDocument document)
    {
        if (!request.IsOf(document.Central()))
            return false;
        document.Name(request.Site, request.Device, request.Language is "en" ? "en" : "zh-CN");
        if (request.Url is { } url)
            document.Broker(url, request.User, request.Password, request.CaFile);
        else
            document.NoBroker();
        return true;
    }
}

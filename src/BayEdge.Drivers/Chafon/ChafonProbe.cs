using System.Collections.Immutable;
using System.Globalization;
using BayEdge.Core.Bays;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.Chafon;

/// <summary>Asks a reader who it is and which tags it hears; its settings stay as they are.</summary>
internal static class ChafonProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public static Task<ProbeReport> RunAsync(ChafonSettings settings, bool mayRead, ISerialPorts ports, TimeProvider time, CancellationToken cancellationToken) =>
        Probing.WithinAsync(
            Limit,
            $"The reader at {settings.Port} did not answer",
            "Restart it.",
            async limited =>
            {
                settings.RequirePossible();
                using var session = await ChafonSession.OpenAsync(settings, ports, time, limited);
                var model = settings.Model ?? session.Information.Model;
                settings.RequireAntennas(model);
                ChafonSetUp.RequirePossible(settings, session.Information);
                var listener = new ChafonSource("probe", settings, ports, time);
                return Describe(session.Information, settings) with
                {
                    Power = new TransmitPower(session.Information.PowerDbm, LeastDbm: null, MostDbm: null),
                    Heard = !mayRead ? null : await TagSample.TakeAsync((sink, end) => listener.ListenAsync(session, model, sink, () => ValueTask.CompletedTask, end), time, limited),
                };
            },
            time,
            cancellationToken);

    private static ProbeReport Describe(ChafonInformation found, ChafonSettings settings)
    {
        var facts = ImmutableArray.Create(
            new ProbeFact(ProbeFact.Model, found.ModelName),
            new ProbeFact(ProbeFact.Firmware, found.Firmware),
            new ProbeFact(ProbeFact.Region, ChafonBand.Describe(found.Band)),
            new ProbeFact(ProbeFact.Power, string.Create(CultureInfo.InvariantCulture, $"{found.PowerDbm} dBm")));
        return new ProbeReport(
            true, $"{found.ModelName}, firmware {found.Firmware}, {ChafonBand.Describe(found.Band)}, {found.PowerDbm} dBm.{Changes(settings, found)}", facts);
    }

    /// <summary>What starting to read will set, in words.</summary>
    private static Wording Changes(ChafonSettings settings, ChafonInformation found)
    {
        List<string> changes = [];
        if (settings.Band is { } band && band.Code != found.Band)
            changes.Add(band.Description);
        if (settings.PowerDbm is { } power && power != found.PowerDbm)
            changes.Add($"{power} dBm");
        return Probing.Changes(changes);
    }
}

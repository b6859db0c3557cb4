using System.Collections.Immutable;
using System.Globalization;
using BayEdge.Core.Bays;
using BayEdge.Core.Commissioning;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Service.Commissioning.Rules;
using BayEdge.Service.Configuring;
using BayEdge.Service.Hosting;

namespace BayEdge.Service.Commissioning;

/// <summary>Looks how the device stands after a step, and says so: it advises, it does not block.</summary>
internal sealed class SetupSteps(
    CommissioningKeeper keeper, ConfigurationKeeper configurations, RuntimeKeeper runtimes, CameraLooks looks, RuleReplay replay, PageHostOptions options)
{
    /// <summary>The steps that an installer finishes by going on.</summary>
    public static ImmutableArray<CommissioningStep> Finished { get; } =
        [CommissioningStep.Bays, CommissioningStep.Readers, CommissioningStep.Cameras, CommissioningStep.Rules];

    /// <summary>In so many of the ten pictures that are kept a plate has to be read alike.</summary>
    public const int EnoughRead = 8;

    private static readonly TimeSpan ReplayedSpan = TimeSpan.FromMinutes(15);

    /// <summary>The installer goes on from a step whose proof is what the sources do.</summary>
    public async Task<StepRecord?> FinishAsync(CommissioningStep step, CancellationToken cancellationToken)
    {
        if (configurations.Current.Configuration is not { } configuration)
            return null;
        var at = options.NetworkClock.GetUtcNow();
        var record = step switch
        {
            CommissioningStep.Bays => Record([], SetupSentences.BaysNamed.With(("count", configuration.Bays.Length)), at),
            CommissioningStep.Readers => Record(
                ReaderChecks(configuration), configuration.Readers.IsEmpty ? SetupSentences.NoReader.With() : SetupSentences.Readers.With(("count", configuration.Readers.Length)), at),
            CommissioningStep.Cameras => Record(
                [.. CameraChecks(configuration), .. BaysWithoutSource(configuration)],
                configuration.Cameras.IsEmpty ? SetupSentences.NoCamera.With() : SetupSentences.Cameras.With(("count", configuration.Cameras.Length)),
                at),
            CommissioningStep.Rules => Record(
                [await ReplayAsync(cancellationToken)],
                configuration.Rules == new RulesConfiguration() ? SetupSentences.RulesKept.With() : SetupSentences.RulesSet.With(),
                at),
            _ => null,
        };
        if (record is not null)
            keeper.Finish(step, record);
        return record;
    }

    private async Task<Check> ReplayAsync(CancellationToken cancellationToken)
    {
        var replayed = await replay.ReplayAsync(ReplayedSpan, cancellationToken);
        return new Check(
            "replay",
            replayed.Missing is { } missing && missing.Key != SetupSentences.NothingRecorded.Key ? StepState.Warning : StepState.Ok,
            replayed.Missing ?? RuleReplayView.Tell(replayed.Outcome!, ReplayedSpan));
    }

    /// <summary>The pixels that a plate needs at this camera.</summary>
    public static int LeastPlateWidth(CameraConfiguration camera) =>
        camera.Settings.Find("minimumPlateWidthPx") is { } text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var least) ? least : 0;

    // What is missing is told, and lets the installer pass: a reader may come tomorrow.
    private static StepRecord Record(ImmutableArray<Check> checks, Phrase says, DateTimeOffset at)
    {
        var worst = StepRecord.WorstOf(checks);
        return new StepRecord(worst == StepState.Ok ? StepState.Ok : StepState.Warning, says, checks, at);
    }

    private ImmutableArray<Check> ReaderChecks(EdgeConfiguration configuration) =>
    [
        .. configuration.Readers.Select(reader => Health(reader.Id) switch
        {
            { Up: true } when Unheld(configuration, reader) is { Length: > 0 } unheld =>
                new Check(reader.Id, StepState.Warning, SetupSentences.NoTagHeld.With(("reader", reader.Id), ("bays", unheld))),
            { Up: true } => new Check(reader.Id, StepState.Ok, SetupSentences.ReaderUp.With(
                ("reader", reader.Id), ("bays", NamesOf(configuration, reader.Antennas.Select(antenna => antenna.Bay))))),
            { Detail: not null } => new Check(reader.Id, StepState.Failed, SetupSentences.ReaderDown.With(("reader", reader.Id), ("reason", ReasonOf(reader.Id)))),
            _ => new Check(reader.Id, StepState.Warning, SetupSentences.ReaderStarting.With(("reader", reader.Id))),
        }),
    ];

    private IEnumerable<Check> CameraChecks(EdgeConfiguration configuration) => configuration.Cameras.Select(camera =>
    {
        if (Health(camera.Id) is not { Up: true } health)
        {
            return Health(camera.Id)?.Detail is not null
                ? new Check(camera.Id, StepState.Failed, SetupSentences.CameraDown.With(("camera", camera.Id), ("reason", ReasonOf(camera.Id))))
                : new Check(camera.Id, StepState.Warning, SetupSentences.ReaderStarting.With(("reader", camera.Id)));
        }

        var seen = looks.Watch(camera.Id);
        var least = LeastPlateWidth(camera);
        var widest = seen.SelectMany(look => look.Plates).Select(plate => plate.WidthPx).DefaultIfEmpty().Max();
        var read = MostAlike(seen);
        return (widest, widest >= least) switch
        {
            (0, _) => new Check(camera.Id, StepState.Warning, SetupSentences.NoPlateShown.With(("camera", health.Id))),
            (_, true) => new Check(camera.Id, read >= EnoughRead ? StepState.Ok : StepState.Warning, SetupSentences.CameraUpRead.With(
                ("camera", camera.Id), ("width", widest), ("least", least), ("read", read), ("of", seen.Length))),
            _ => new Check(camera.Id, StepState.Warning, SetupSentences.PlateSmall.With(("camera", camera.Id), ("width", widest), ("least", least))),
        };
    });

    /// <summary>In how many pictures the plate was read that was read most often.</summary>
    internal static int MostAlike(IEnumerable<CameraLook> looks) =>
        looks.SelectMany(look => look.Plates.Select(plate => plate.Text).Distinct()).CountBy(text => text).Select(text => text.Value).DefaultIfEmpty().Max();

    // The bays of a reader's antennas in which no tag was held yet: which antenna looks where is only guessed then.
    private string Unheld(EdgeConfiguration configuration, ReaderConfiguration reader) => NamesOf(configuration, reader.Antennas
        .Where(antenna => keeper.Progress.Antennas.GetValueOrDefault(antenna.Bay) is not { } held || held.Reader != reader.Id)
        .Select(antenna => antenna.Bay));

    private static string NamesOf(EdgeConfiguration configuration, IEnumerable<string> bays) =>
        string.Join(", ", bays.Distinct().Select(id => configuration.Bays.First(bay => bay.Id == id).Name));

    private static IEnumerable<Check> BaysWithoutSource(EdgeConfiguration configuration)
    {
        var layout = new BayLayout(configuration);
        return configuration.Bays.Where(bay => layout.SourcesOf(bay.Id).Count == 0)
            .Select(bay => new Check(bay.Id, StepState.Warning, SetupSentences.BayWithoutSource.With(("bay", bay.Name))));
    }

    private object ReasonOf(string source) => runtimes.Runtime?.Board.ReasonOf(source) as object ?? "";

    private Contracts.State.SourceHealth? Health(string source) =>
        runtimes.Runtime?.Board.Sources().FirstOrDefault(health => health.Id == source && (health.Up || health.Since is not null));
}

using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BayEdge.Core.Configuration;
using BayEdge.Core.Delivery;
using BayEdge.Service.Hosting;
using BayEdge.Storage.Configuration;

namespace BayEdge.Service.Configuring;

/// <summary>
/// Keeps the configuration, whoever changes it: the page, the central system or a hand on the file. What cannot be used never
/// holds; what held before is kept and can be had again. Stored events are none of its business.
/// </summary>
internal sealed partial class ConfigurationKeeper : IDisposable
{
    public const string Hand = "file";

    private static readonly TimeSpan TakeBackRetry = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ConfigurationFiles _files;
    private readonly ConfigurationArchive _archive;
    private readonly DriverCatalogue _drivers;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private ConfigurationState _current = ConfigurationState.None;
    private TaskCompletionSource _changed = NewSignal();
    private (DateTime, long, DateTime, long) _stamp;
    private Confirmation? _unconfirmed;

    /// <param name="time">Of the network: confirmations are waited for in real time.</param>
    public ConfigurationKeeper(FileInfo file, DataFolder folder, DriverCatalogue drivers, TimeProvider time, ILogger<ConfigurationKeeper> logger)
    {
        (_files, _archive, _drivers, _time, _logger) = (new ConfigurationFiles(file), new ConfigurationArchive(folder.Path), drivers, time, logger);
        FinishWhatWasBegun();
        TakeFiles("found");
    }

    public ConfigurationState Current => Volatile.Read(ref _current);

    /// <summary>Completes when <see cref="Current"/> is another; to be taken before looking at it.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    /// <summary>The present configuration with its secrets in place but hidden, as <see cref="ProposeAsync"/> takes it back; where the file is no JSON, its text.</summary>
    public string Show() => Current.Document is { } document
        ? ConfigurationText.Of(SecretMask.Show(document, Current.Secrets, _drivers))
        : ReadTextOrNothing();

    /// <summary>The newest first, each with its secrets hidden; what was no JSON is its text.</summary>
    public IReadOnlyList<ArchivedConfiguration> History() =>
        [.. _archive.List().Select(kept => kept with { Configuration = ShowArchived(kept), Secrets = null })];

    /// <summary>Validates a configuration and lets it hold: saved, kept in the history and worked with at once.</summary>
    /// <param name="json">As <see cref="Show"/> gives it, and changed. A secret that is hidden or left out stays as it is.</param>
    /// <param name="who">Whose change it is, for history and log.</param>
    /// <param name="why">A few words.</param>
    /// <param name="confirmWithin">Taken back unless <see cref="ConfirmAsync"/> is called within this time; null when it holds at once.</param>
    /// <param name="madeOn">The revision that was changed; null where whatever holds by now may be replaced.</param>
    public Task<ProposalResult> ProposeAsync(
        string json, string who, string why, TimeSpan? confirmWithin, CancellationToken cancellationToken, string? madeOn = null) => InTurnAsync<ProposalResult>(() =>
    {
        var before = Current;
        if (madeOn is not null && madeOn != before.Revision)
            return Refused([]) with { Outdated = true };
        if (ConfigurationText.Parse(json) is not { } proposed)
            return NoConfiguration(json, before.Secrets);
        var (document, secrets, hidden) = SecretMask.Take(proposed, before.Document, before.Secrets, _drivers);
        return hidden.IsEmpty ? Apply(ConfigurationText.Of(document), secrets, who, why, confirmWithin, _unconfirmed) : Refused(hidden);
    }, cancellationToken);

    /// <summary>As <see cref="ProposeAsync"/>, with secrets that come with it; what is hidden in the configuration is taken from them.</summary>
    /// <param name="known">Has what is hidden within addresses; null where only what holds now does.</param>
    public Task<ProposalResult> RestoreAsync(
        string json, Secrets secrets, JsonObject? known, string who, string why, CancellationToken cancellationToken) => InTurnAsync<ProposalResult>(() =>
    {
        if (ConfigurationText.Parse(json) is not { } proposed)
            return NoConfiguration(json, secrets);
        var (document, taken, hidden) = SecretMask.Take(proposed, known ?? Current.Document, secrets, _drivers);
        return hidden.IsEmpty ? Apply(ConfigurationText.Of(document), taken, who, why, confirmWithin: null, _unconfirmed) : Refused(hidden);
    }, cancellationToken);

    /// <summary>Lets a version of the history hold again, with the secrets that it had.</summary>
    /// <returns>Null when there is no such version.</returns>
    public Task<ProposalResult?> RevertAsync(int version, string who, CancellationToken cancellationToken) => InTurnAsync<ProposalResult?>(() =>
    {
        if (_archive.Read(version) is not { } kept)
            return null;
        return SecretsOf(kept) is { } secrets
            ? Apply(kept.Configuration, secrets, who, $"again:{version}", confirmWithin: null, version == _unconfirmed?.Change.Previous ? null : _unconfirmed)
            : Refused([new Problem("secrets.json", "the secrets of this version cannot be read")]);
    }, cancellationToken);

    /// <summary>The change that waits is to stay, and what was changed on top of it.</summary>
    /// <param name="revision">Of that change, or of what holds now.</param>
    /// <returns>False when none waits, or another does.</returns>
    public Task<bool> ConfirmAsync(string revision, CancellationToken cancellationToken) => InTurnAsync<bool>(() =>
    {
        if (_unconfirmed is null || (revision != Current.Revision && revision != _unconfirmed.Revision))
            return false;
        _archive.End();
        _unconfirmed = null;
        Set(Current with { ConfirmBy = null });
        return true;
    }, cancellationToken);

    /// <summary>Looks whether a hand has changed the files or a confirmation is overdue.</summary>
    public Task LookAsync(CancellationToken cancellationToken) => InTurnAsync(() =>
    {
        if (_files.Stamp() != _stamp)
            TakeFiles("byHand");
        if (_unconfirmed is { Change.Previous: { } previous } waiting && waiting.IsOverdue(_time))
            TakeBack(waiting, previous);
        return Current;
    }, cancellationToken);

    public void Dispose() => _turn.Dispose();

    private async Task<T> InTurnAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return work();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <param name="waiting">A change that waits to be confirmed and waits on with this one on top of it: who saves this may know nothing of it.</param>
    private ProposalResult Apply(string text, Secrets secrets, string who, string why, TimeSpan? confirmWithin, Confirmation? waiting)
    {
        var read = ConfigurationCheck.Read(text, _drivers, secrets);
        if (read.Configuration is not { } configuration)
            return Refused(read.Problems);
        var secretsText = SecretsFile.Compose(secrets);
        var revision = ConfigurationText.RevisionOf(text, secretsText);
        var before = Current;
        if (before.Problems.IsEmpty && revision == before.Revision)
            return new ProposalResult(revision, [], null) { ConfirmBy = before.ConfirmBy };

        ArchivedConfiguration? kept = null;
        try
        {
            var lastGood = waiting?.Change.Previous ?? (confirmWithin is null ? null : PresentVersion());
            RememberUnusable();
            kept = _archive.Add(_time.GetUtcNow(), who, why, text, secretsText);
            var change = new UnfinishedChange(kept.Id, lastGood);
            _archive.Begin(change);
            _files.Write(text, secretsText);
            if (lastGood is null)
                _archive.End();
            _unconfirmed = lastGood is null ? null
                : confirmWithin is { } within ? new Confirmation(change, revision, within, _time.GetTimestamp())
                : waiting! with { Change = change };
            var confirmBy = _time.GetUtcNow() + _unconfirmed?.Left(_time);
            _stamp = _files.Stamp();
            Set(new ConfigurationState(revision, configuration, secrets, []) { Document = ConfigurationText.Parse(text), ConfirmBy = confirmBy });
            Log.Changed(_logger, who, kept.Id, why);
            return new ProposalResult(revision, [], null) { Version = kept.Id, ConfirmBy = confirmBy };
        }
        catch (StorageFaultException exception)
        {
            Log.NotSaved(_logger, exception);
            if (kept is not null)
                _archive.Withdraw(kept.Id, _unconfirmed?.Change);
            return new ProposalResult(before.Revision, [], PageTexts.NotSaved.With(("reason", exception.Says)));
        }
    }

    // What holds now must be in the history, or it could not be taken up again.
    private int? PresentVersion()
    {
        var newest = _archive.Newest();
        if (!Current.Problems.IsEmpty || _files.ReadText() is not { } text)
            return newest?.Id;
        var secrets = SecretsFile.Compose(Current.Secrets);
        return newest?.Configuration == text && newest.Secrets == secrets ? newest.Id : _archive.Add(_time.GetUtcNow(), Hand, "found", text, secrets).Id;
    }

    private void TakeBack(Confirmation waiting, int previous)
    {
        var taken = _archive.Read(previous) is { } kept && SecretsOf(kept) is { } secrets
            ? Apply(kept.Configuration, secrets, "device", $"notConfirmed:{previous}", confirmWithin: null, waiting: null)
            : null;
        if (taken?.Fault is not null)
        {
            // The disk refuses: a device that is cut off must come back, so it is tried again.
            _unconfirmed = waiting with { Within = TakeBackRetry, AskedAt = _time.GetTimestamp() };
            return;
        }

        _unconfirmed = null;
        if (taken is { Applied: true })
            Log.TakenBack(_logger, previous);
        else
            Set(Current with { ConfirmBy = null });
    }

    private void Set(ConfigurationState state)
    {
        Volatile.Write(ref _current, state);
        Interlocked.Exchange(ref _changed, NewSignal()).SetResult();
    }

    private string ShowArchived(ArchivedConfiguration kept) => ConfigurationText.Parse(kept.Configuration) is { } document
        ? ConfigurationText.Of(SecretMask.Show(document, SecretsOf(kept) ?? Secrets.None, _drivers))
        : kept.Configuration;

    private static Secrets? SecretsOf(ArchivedConfiguration kept) => kept.Secrets is null ? Secrets.None : SecretsFile.Parse("secrets.json", kept.Secrets).Secrets;

    private ProposalResult NoConfiguration(string json, Secrets secrets) =>
        Refused(ConfigurationCheck.Read(json, _drivers, secrets).Problems is { IsEmpty: false } problems ? problems : [new Problem("", "a setting stands twice; keep one")]);

    private ProposalResult Refused(ImmutableArray<Problem> problems) => new(Current.Revision, problems, null);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

using System.Globalization;
using System.Security.Cryptography;
using BayEdge.Core.Bays;
using BayEdge.Core.Delivery;
using BayEdge.Service.Endpoints;
using BayEdge.Service.Hosting;
using BayEdge.Service.Status;
using BayEdge.Storage.Files;

namespace BayEdge.Service.Updating;

/// <param name="Version">The one that runs.</param>
/// <param name="Allowed">Whether this device takes updates over its page.</param>
/// <param name="UnderWay">Whether one is being installed or tried.</param>
/// <param name="Last">How the last one stands or ended; null when there was none.</param>
/// <param name="At">When it came to stand so.</param>
internal sealed record UpdateView(string Version, bool Allowed, bool UnderWay, Phrase? Last, DateTimeOffset? At);

/// <summary>Takes updates in and tells how they fare. What installs them is <c>deploy/update/bayedge-update</c>, for the service may not change itself.</summary>
internal sealed class UpdateKeeper(UpdateFolders folders, DeviceStatus status, DataFolder data, TimeProvider time) : IDisposable
{
    /// <summary>What an update may weigh.</summary>
    public const long MostBytes = 400_000_000;

    // Fetching takes seconds; whoever has not come by then is not there.
    private static readonly TimeSpan FetchedWithin = TimeSpan.FromMinutes(2);

    // Lies there three times: in the inbox, at its installer, and unpacked.
    private const int Copies = 3;

    private readonly SemaphoreSlim _one = new(1, 1);

    public static Version Runs { get; } = Version.Parse(HealthReporter.Version.Split('-', '+')[0]);

    public UpdateView Show()
    {
        using var key = folders.OpenKey();
        var told = folders.ReadTold();
        var isUnderWay = IsUnderWay(told);
        var last = folders.WantedSince is null ? Of(told) : isUnderWay ? UpdateSentences.Waiting.With() : UpdateSentences.NotFetched.With();
        return new UpdateView(HealthReporter.Version, key is not null, isUnderWay, last, folders.WantedSince ?? told?.At);
    }

    /// <param name="bytes">How long it is said to be; null when unknown.</param>
    /// <exception cref="UpdateRefusedException">It is none that this device installs, or the disk does not take it.</exception>
    /// <exception cref="StorageFaultException">The disk does not take what did not work before.</exception>
    public async Task<UpdateView> TakeAsync(Stream file, long? bytes, CancellationToken cancellationToken)
    {
        using var key = folders.OpenKey() ?? throw new UpdateRefusedException(UpdateSentences.Off.With());
        if (!await _one.WaitAsync(0, cancellationToken))
            throw new UpdateRefusedException(UpdateSentences.UnderWay.With());
        try
        {
            if (IsUnderWay(folders.ReadTold()))
                throw new UpdateRefusedException(UpdateSentences.UnderWay.With());
            RequireRoom(bytes ?? MostBytes);
            folders.CreateInbox();
            await ReceiveAsync(file, key, cancellationToken);
            folders.HandOver(UpdateTrial.FaultsOf(status));
            return Show();
        }
        catch (Exception exception) when (exception is (IOException and not BadHttpRequestException) or UnauthorizedAccessException)
        {
            throw new UpdateRefusedException(UpdateSentences.Refused.With(("reason", DiskWords.Of(exception).Phrase)));
        }
        finally
        {
            PrivateFile.DeleteIfPossible(folders.Incoming);
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task ReceiveAsync(Stream file, ECDsa key, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
        await using var incoming = new FileStream(folders.Incoming, options);
        await file.CopyToAsync(incoming, cancellationToken);
        incoming.Flush(flushToDisk: true);
        incoming.Position = 0;
        await Task.Run(() => UpdateFile.Verify(incoming, key, Runs), cancellationToken);
    }

    private void RequireRoom(long bytes)
    {
        var needed = bytes * Copies;
        if (data.FreeBytes() is { } free && free < needed)
            throw new UpdateRefusedException(UpdateSentences.NoRoom.With(("needed", Megabytes(needed)), ("free", Megabytes(free))));
    }

    private bool IsUnderWay(ToldUpdate? told) => folders.WantedSince is { } since ? time.GetUtcNow() - since < FetchedWithin : told is { Phase: "waiting" or "installing" or "trial" };

    private static Phrase? Of(ToldUpdate? told) => told is null ? null : (told.Phase, told.Reason) switch
    {
        ("waiting", _) => UpdateSentences.Waiting.With(),
        ("installing", _) => UpdateSentences.Installing.With(("to", told.To)),
        ("trial", _) => UpdateSentences.Trial.With(("to", told.To), ("from", told.From)),
        ("done", _) => UpdateSentences.Done.With(("to", told.To)),
        ("reverted", "start") => UpdateSentences.DidNotStart.With(("to", told.To), ("from", told.From)),
        ("reverted", _) => UpdateSentences.DidNotWork.With(("to", told.To), ("from", told.From)),
        (_, "disk") => UpdateSentences.DiskRefused.With(("to", told.To)),
        (_, "signature") => UpdateSentences.Foreign.With(),
        (_, "computer") => UpdateSentences.OtherComputer.With(("expected", UpdateFile.ThisComputer)),
        (_, "interrupted") => UpdateSentences.Interrupted.With(),
        (_, "damaged") => UpdateSentences.Damaged.With(),
        (_, "older") => UpdateSentences.NotNewer.With(("runs", told.From)),
        _ => UpdateSentences.Unreadable.With(),
    };

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000} MB");
}

using BayEdge.Core.Drivers;
using BayEdge.Vision.Plates;
using Microsoft.Extensions.Logging;
using OpenCvSharp;

namespace BayEdge.Vision.Cameras;

/// <summary>One plate reader for all cameras: they take turns, since one reading fills a processor core.</summary>
internal sealed class SharedPlateReader(Func<IPlateReader> create, TimeProvider time, ILogger logger) : IDisposable
{
    // Ten times what the slowest picture took on a development core.
    private static readonly TimeSpan TurnLimit = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private IPlateReader? _reader;
    private bool _outdated;

    /// <summary>Loads the reader unless it is loaded already.</summary>
    /// <exception cref="DeviceFaultException">It cannot be loaded; the next call tries again.</exception>
    public Task LoadAsync(CancellationToken cancellationToken) => TakeTurnAsync(_ => true, cancellationToken);

    /// <summary>Has the reader loaded anew before it is used the next time.</summary>
    public void Renew() => Volatile.Write(ref _outdated, true);

    /// <inheritdoc cref="IPlateReader.Read"/>
    /// <exception cref="DeviceFaultException">The reader cannot be loaded.</exception>
    public Task<IReadOnlyList<PlateReading>> ReadAsync(Mat picture, PlateSearch search, CancellationToken cancellationToken) =>
        TakeTurnAsync(reader => reader.Read(picture, search, cancellationToken), cancellationToken);

    /// <summary>Waits for a reading that is under way: native code must not lose what it works with.</summary>
    public void Dispose()
    {
        // A reading that hangs keeps the reader; the end of the process frees it.
        if (!_turn.Wait(TurnLimit))
            return;
        _reader?.Dispose();
        _turn.Dispose();
    }

    private async Task<T> TakeTurnAsync<T>(Func<IPlateReader, T> use, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // Not cancelled half-way: the picture must stay until native code has let go of it.
            return await Task.Run(() => use(Current()), CancellationToken.None);
        }
        finally
        {
            _turn.Release();
        }
    }

    private IPlateReader Current()
    {
        if (Interlocked.Exchange(ref _outdated, false))
        {
            _reader?.Dispose();
            _reader = null;
        }

        return _reader ??= Load();
    }

    private IPlateReader Load()
    {
        var began = time.GetTimestamp();
        try
        {
            var reader = create();
            CameraLog.ReaderLoaded(logger, (long)time.GetElapsedTime(began).TotalMilliseconds);
            return reader;
        }
        catch (PlateModelException exception)
        {
            throw new DeviceFaultException(DeviceFaultKind.Local, $"Plates cannot be read: {exception.Says}", exception);
        }
        catch (Exception exception) when (exception is not (DeviceFaultException or OperationCanceledException))
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Local,
                $"Plates cannot be read: expected the plate reader's weights and libraries beside the program, "
                + $"but loading them failed ({exception.Message}). Install BayEdge anew.",
                exception);
        }
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using BayEdge.Core.Delivery;
using BayEdge.Service.Hosting;
using BayEdge.Storage.Files;

namespace BayEdge.Service.Commissioning.Network;

/// <summary>Changes the network so that nobody locks himself out: what no browser confirms in time is taken back, also over a power cut.</summary>
internal sealed partial class NetworkChange(INetworkSettings settings, DataFolder folder, TimeProvider time, ILogger<NetworkChange> logger) : BackgroundService
{
    /// <summary>How long a browser has to find the device again. The default of others, 30 s, was too short for phones.</summary>
    public static readonly TimeSpan ConfirmWithin = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(10);

    private readonly string _path = Path.Combine(folder.Path, "network-before.json");
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _ends = new();
    private long _endsAt;
    private volatile AddressSettings? _before;

    /// <summary>How long there is to confirm; null when nothing waits.</summary>
    public TimeSpan? Remaining =>
        _before is null ? null : time.GetElapsedTime(time.GetTimestamp(), Interlocked.Read(ref _endsAt)) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <remarks>Nothing but the end of the service ends it half-way: whoever asked hears no answer at the old address, and may be gone.</remarks>
    /// <param name="seen">What was changed; null where whatever holds now may be replaced.</param>
    /// <returns>False where somebody else has changed it since, and nothing was done.</returns>
    /// <exception cref="NetworkFaultException">It could not be changed; it is as it was.</exception>
    /// <exception cref="StorageFaultException">What to go back to cannot be kept, so nothing was changed.</exception>
    public async Task<bool> ApplyAsync(AddressSettings wanted, AddressSettings? seen)
    {
        var cancellationToken = _ends.Token;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var present = await settings.ReadAsync(cancellationToken);
            if (seen is not null && present is not null && !IsSame(present, seen))
                return false;
            var before = _before ?? present
                ?? throw new NetworkFaultException("The address is managed outside this page, for the device has no NetworkManager.");
            PrivateFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(before, NetworkJson.Default.AddressSettings));
            WaitAnother(ConfirmWithin);
            _before = before;
            try
            {
                await settings.ApplyAsync(wanted, cancellationToken);
                Log.Changed(logger, wanted.Address ?? "automatic");
            }
            catch (NetworkFaultException)
            {
                await TakeBackAsync(before, cancellationToken);
                throw;
            }

            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <returns>False when nothing waits.</returns>
    public async Task<bool> ConfirmAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_before is null)
                return false;
            Forget();
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await _ends.CancelAsync();
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _ends.Dispose();
        _turn.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (ReadBefore() is { } unconfirmed)
        {
            // The power cut took its time away.
            WaitAnother(TimeSpan.Zero);
            _before = unconfirmed;
        }

        using var timer = new PeriodicTimer(Look, time);
        do
        {
            if (Remaining <= TimeSpan.Zero)
                await TakeBackOverdueAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // The network gives another address when it likes.
    private static bool IsSame(AddressSettings present, AddressSettings seen) =>
        present.Automatic ? seen.Automatic : present == seen with { NameServers = seen.NameServers.IsDefault ? [] : seen.NameServers };

    private void WaitAnother(TimeSpan wait) =>
        Interlocked.Exchange(ref _endsAt, time.GetTimestamp() + (long)(wait.TotalSeconds * time.TimestampFrequency));

    private async Task TakeBackOverdueAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_before is { } before && Remaining <= TimeSpan.Zero)
                await TakeBackAsync(before, cancellationToken);
        }
        catch (NetworkFaultException exception)
        {
            // Early after a start there may be no network yet.
            WaitAnother(Retry);
            Log.NotTakenBack(logger, exception);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task TakeBackAsync(AddressSettings before, CancellationToken cancellationToken)
    {
        await settings.ApplyAsync(before, cancellationToken);
        Forget();
        Log.TakenBack(logger, before.Address ?? "automatic");
    }

    private void Forget()
    {
        File.Delete(_path);
        _before = null;
    }

    private AddressSettings? ReadBefore()
    {
        try
        {
            return PrivateFile.Read(_path) is { } content ? JsonSerializer.Deserialize(content, NetworkJson.Default.AddressSettings) : null;
        }
        catch (Exception exception) when (exception is JsonException or StorageFaultException)
        {
            // Written as a whole, it is whole or the disk is sick; the journal says that louder.
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1811, Level = LogLevel.Information, Message = "The network address was changed to {Address}; it waits to be confirmed")]
        public static partial void Changed(ILogger logger, string address);

        [LoggerMessage(EventId = 1812, Level = LogLevel.Warning, Message = "The change of the network was not confirmed; the address is {Address} again")]
        public static partial void TakenBack(ILogger logger, string address);

        [LoggerMessage(EventId = 1813, Level = LogLevel.Error, Message = "The change of the network cannot be taken back; it is tried again")]
        public static partial void NotTakenBack(ILogger logger, Exception exception);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AddressSettings))]
internal sealed partial class NetworkJson : JsonSerializerContext;

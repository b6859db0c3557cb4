using System.Text.Json;
using BayEdge.Contracts.Commands;
using BayEdge.Contracts.Json;
using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.Core.Commands;
using BayEdge.Core.Configuration;
using BayEdge.Core.Delivery;
using BayEdge.Service.Bays;
using BayEdge.Service.Hosting;
using BayEdge.Storage.Files;

namespace BayEdge.Service.RemoteCommands;

/// <summary>Knows who expects which vehicle, and tells the bays of all of them.</summary>
/// <remarks>What commands named is kept on the disk; the site's list is retained at the broker.</remarks>
internal sealed partial class ExpectedVehicleBoard : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly IBayInputs _bays;
    private readonly string _file;
    private VehicleLists _lists;

    public ExpectedVehicleBoard(IBayInputs bays, EdgeConfiguration configuration, DataFolder folder, ILogger<ExpectedVehicleBoard> logger)
    {
        _bays = bays;
        _file = Path.Combine(folder.Path, "expected-vehicles.json");
        _lists = new VehicleLists([], [], configuration.Vehicles);
        try
        {
            if (PrivateFile.Read(_file) is { } content && JsonSerializer.Deserialize(content, ContractsJson.Wire.ExpectedVehicles) is { } kept)
                _lists = _lists with { Commanded = [.. kept.Vehicles] };
        }
        catch (Exception exception) when (exception is JsonException or StorageFaultException)
        {
            Log.Unreadable(logger, exception);
        }
    }

    /// <summary>Tells the bays of what was commanded before the service started.</summary>
    public ValueTask BeginAsync(CancellationToken cancellationToken) => _lists.Commanded.IsEmpty ? default : TellAsync(cancellationToken);

    /// <summary>The site's list is another.</summary>
    public async Task TakeSiteListAsync(ExpectedVehicles expected, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _lists = _lists with { OfSite = [.. expected.Vehicles] };
            await TellAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <returns>All vehicles that are expected after the command; null when they would be too many, and nothing was changed.</returns>
    /// <exception cref="StorageFaultException">The disk does not take the list; nothing was changed.</exception>
    public async Task<IReadOnlyList<ListedVehicle>?> CommandAsync(VehiclesAsked asked, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_lists.After(asked) is not { } after)
                return null;
            if (asked.Changes)
            {
                PrivateFile.Write(_file, JsonSerializer.SerializeToUtf8Bytes(
                    new ExpectedVehicles { Vehicles = after.Commanded }, ContractsJson.Wire.ExpectedVehicles));
                _lists = after;
                await TellAsync(cancellationToken);
            }

            return after.All();
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private ValueTask TellAsync(CancellationToken cancellationToken) =>
        _bays.SendAsync(new VehiclesExpected([.. _lists.All().Select(listed => listed.Vehicle)]), cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(EventId = 1751, Level = LogLevel.Error,
            Message = "The vehicles that were named by command cannot be read; let the central system name them again")]
        public static partial void Unreadable(ILogger logger, Exception exception);
    }
}

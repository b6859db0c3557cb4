using BayEdge.Core.Drivers;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.Chafon;

/// <summary>Brings a reader into the state that the configuration asks for, and believes only what it reads back.</summary>
internal static class ChafonSetUp
{
    /// <exception cref="DeviceFaultException">The reader does not do what was asked for.</exception>
    public static async Task ApplyAsync(ChafonSession session, ChafonSettings settings, CancellationToken cancellationToken)
    {
        settings.RequireAntennas(settings.Model ?? session.Information.Model);
        if (settings.Band is { } band && band.Code != session.Information.Band)
            await ApplyBandAsync(session, settings, band, cancellationToken);
        if (settings.PowerDbm is { } power && power != session.Information.PowerDbm)
            await ApplyPowerAsync(session, settings, power, cancellationToken);
    }

    private static async Task ApplyBandAsync(ChafonSession session, ChafonSettings settings, ChafonBand band, CancellationToken cancellationToken)
    {
        await session.RequestAsync(ChafonCommand.SetBand, band.Parameters, cancellationToken);
        await session.RefreshAsync(cancellationToken);
        if (session.Information.Band != band.Code)
            throw SerialReadback.RegionStays("reader", settings.Port, band.Description, ChafonBand.Describe(session.Information.Band));
    }

    private static async Task ApplyPowerAsync(ChafonSession session, ChafonSettings settings, int power, CancellationToken cancellationToken)
    {
        await session.RequestAsync(ChafonCommand.SetPower, new[] { (byte)power }, cancellationToken);
        await session.RefreshAsync(cancellationToken);
        if (session.Information.PowerDbm != power)
            throw SerialReadback.PowerStays("reader", settings.Port, $"{power} dBm", $"{session.Information.PowerDbm} dBm");
    }
}

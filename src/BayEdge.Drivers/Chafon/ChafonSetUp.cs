using BayEdge.Core.Drivers;

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
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Refused,
                $"The reader at {settings.Port} was told to use {band.Description} but stays with {ChafonBand.Describe(session.Information.Band)}. Use a reader made for this region, or correct the setting region.");
        }
    }

    private static async Task ApplyPowerAsync(ChafonSession session, ChafonSettings settings, int power, CancellationToken cancellationToken)
    {
        await session.RequestAsync(ChafonCommand.SetPower, new[] { (byte)power }, cancellationToken);
        await session.RefreshAsync(cancellationToken);
        if (session.Information.PowerDbm != power)
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Refused,
                $"The reader at {settings.Port} was told to send with {power} dBm but uses {session.Information.PowerDbm} dBm. Set powerDbm to what the reader can do.");
        }
    }
}

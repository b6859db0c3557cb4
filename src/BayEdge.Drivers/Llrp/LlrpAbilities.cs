using System.Collections.Immutable;
using System.Globalization;
using BayEdge.Core.Bays;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Llrp.Protocol;

namespace BayEdge.Drivers.Llrp;

/// <summary>What a reader says it is and can do.</summary>
internal sealed class LlrpAbilities
{
    // Readers have levels at most so far apart; what lies farther above the strongest was meant for another reader.
    private const double WidestStepDb = 1;

    private readonly HostAndPort _address;
    private readonly ImmutableArray<TransmitPowerLevel> _levels;
    private readonly ImmutableArray<uint> _khz;

    public LlrpAbilities(HostAndPort address, ImmutableArray<LlrpParameter> capabilities)
    {
        _address = address;
        Device = capabilities.Find<GeneralDeviceCapabilities>();
        var uhf = capabilities.Find<RegulatoryCapabilities>()?.Parameters.Find<UhfBandCapabilities>()?.Parameters ?? [];
        _levels = [.. uhf.OfType<TransmitPowerLevel>().OrderBy(level => level.CentiDbm)];
        _khz =
        [
            .. uhf.OfType<FrequencyInformation>().SelectMany(information => information.Parameters)
                .SelectMany(table => table switch { FrequencyHopTable hop => hop.Khz, FixedFrequencyTable still => still.Khz, _ => [] }),
        ];
    }

    public GeneralDeviceCapabilities? Device { get; }

    /// <summary>By its carriers; null when the reader does not name them.</summary>
    public RadioRegion? Region => _khz.IsEmpty ? null : RadioBand.Of(_khz) is { } band
        ? new RadioRegion(band.Name, band.Description)
        : new RadioRegion(null, string.Create(CultureInfo.InvariantCulture, $"{_khz.Min() / 1000.0:0.###} to {_khz.Max() / 1000.0:0.###} MHz"));

    public static async Task<LlrpAbilities> AskAsync(LlrpSession session, HostAndPort address, CancellationToken cancellationToken) =>
        new(address, (await session.RequestAsync(new GetReaderCapabilities(0, []), cancellationToken)).Parameters);

    /// <exception cref="DeviceFaultException">The reader works in another band than the configured one.</exception>
    public void RequireBand(LlrpSettings settings)
    {
        if (settings.Band is { } wanted && Region is { } found && !wanted.Holds(_khz))
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Refused,
                $"The reader at {_address} sends in {found.Description}, but {wanted.Description} is configured. Set the region on the reader's own page, use a reader made for this region, or correct the setting region.");
        }
    }

    /// <summary>The strongest level that does not exceed the wanted power.</summary>
    /// <exception cref="DeviceFaultException">The reader has no level that low, or none nearly as high.</exception>
    public TransmitPowerLevel Choose(double wantedDbm)
    {
        var chosen = _levels.LastOrDefault(level => level.CentiDbm <= wantedDbm * 100) ?? throw new DeviceFaultException(
            DeviceFaultKind.Refused,
            $"{wantedDbm} dBm is wanted, but {Weakest()}. Set powerDbm higher, or leave it out.");
        if (wantedDbm - (chosen.CentiDbm / 100.0) >= WidestStepDb && chosen == _levels[^1])
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Refused,
                $"{wantedDbm} dBm is wanted, but the strongest level of the reader at {_address} is {chosen.CentiDbm / 100.0} dBm. Set powerDbm lower.");
        }

        return chosen;
    }

    /// <returns>Null when the reader names no such level.</returns>
    public TransmitPower? Power(ushort index) => _levels.FirstOrDefault(level => level.Index == index) is { } now
        ? new TransmitPower(now.CentiDbm / 100.0, _levels[0].CentiDbm / 100.0, _levels[^1].CentiDbm / 100.0)
        : null;

    public Wording InWords(ushort index) => Power(index) is { } power
        ? Wording.Of($"{power.NowDbm:0.##} dBm")
        : $"power level {index}";

    private Wording Weakest() => _levels.IsEmpty
        ? Wording.Of($"the reader at {_address} names no power levels")
        : $"the weakest level of the reader at {_address} is {_levels[0].CentiDbm / 100.0} dBm";
}

using System.Collections.Immutable;

namespace BayEdge.Core.Drivers;

/// <summary>A reader whose transmit power can be asked for and changed while it reads.</summary>
/// <remarks>
/// This and the interfaces below are what a source may offer beside its reports; <see cref="SourceCapabilities.Find{T}"/> tells whether it does.
/// Their methods may be called from any thread while the source runs.
/// </remarks>
public interface ITransmitPower
{
    /// <exception cref="DeviceFaultException">The reader is not connected, refused, or was lost.</exception>
    Task<TransmitPower> GetPowerAsync(CancellationToken cancellationToken);

    /// <summary>Sends with another power through all configured antennas until the connection ends; what is to last belongs into the configuration.</summary>
    /// <returns>What the reader says it uses now: a reader with steps takes the next one below.</returns>
    /// <exception cref="DeviceFaultException">As above, or the reader cannot send with this power.</exception>
    Task<TransmitPower> SetPowerAsync(double dBm, CancellationToken cancellationToken);
}

/// <summary>All in dBm, at the antenna plug.</summary>
/// <param name="LeastDbm">The weakest that the reader can; null when it does not tell.</param>
/// <param name="MostDbm">The strongest, likewise.</param>
public sealed record TransmitPower(double NowDbm, double? LeastDbm, double? MostDbm);

/// <summary>A reader that tells in which radio band it works.</summary>
public interface IRadioRegion
{
    /// <exception cref="DeviceFaultException">The reader is not connected, refused, or was lost.</exception>
    Task<RadioRegion> GetRegionAsync(CancellationToken cancellationToken);
}

/// <param name="Name">As the configuration names it, such as <c>cn900</c>; null for one that it has no name for.</param>
/// <param name="Description">Such as <c>China 920-925 MHz</c>.</param>
public sealed record RadioRegion(string? Name, string Description);

/// <summary>A reader that tells which antenna ports it has.</summary>
public interface IAntennaPorts
{
    /// <exception cref="DeviceFaultException">The reader is not connected, refused, or was lost.</exception>
    Task<ImmutableArray<AntennaPort>> GetAntennasAsync(CancellationToken cancellationToken);
}

/// <param name="Port">From 1.</param>
/// <param name="Connected">Whether the reader feels an antenna there; null when it cannot feel.</param>
public sealed record AntennaPort(int Port, bool? Connected);

/// <summary>A reader with digital inputs and outputs: GPI and GPO.</summary>
public interface IDigitalPorts
{
    /// <exception cref="DeviceFaultException">The reader is not connected, refused, or was lost.</exception>
    Task<ImmutableArray<DigitalInput>> GetInputsAsync(CancellationToken cancellationToken);

    /// <summary>The outputs that can be switched; empty when the reader does not tell which it has.</summary>
    /// <exception cref="DeviceFaultException">As above.</exception>
    Task<ImmutableArray<DigitalOutput>> GetOutputsAsync(CancellationToken cancellationToken);

    /// <summary>Switches an output, which then stays so even when the connection ends: nothing switches it back.</summary>
    /// <param name="port">From 1.</param>
    /// <exception cref="DeviceFaultException">As above, or there is no such output.</exception>
    Task SetOutputAsync(int port, bool on, CancellationToken cancellationToken);
}

/// <param name="Port">From 1.</param>
/// <param name="On">Null when the reader does not know.</param>
public sealed record DigitalInput(int Port, bool? On);

/// <param name="Port">From 1.</param>
/// <param name="On">Null when the reader does not tell.</param>
public sealed record DigitalOutput(int Port, bool? On);

/// <summary>A reader that reads what else a tag holds.</summary>
public interface ITagMemory
{
    /// <summary>Reads words (16 bits) of one tag that is in the field now; some readers see no other tags meanwhile.</summary>
    /// <param name="tag">Its EPC, upper-case hex.</param>
    /// <returns>Upper-case hex, four digits a word.</returns>
    /// <exception cref="DeviceFaultException">The reader is not connected or was lost, or the tag is not there or does not give it.</exception>
    Task<string> ReadMemoryAsync(string tag, TagMemoryBank bank, int firstWord, int words, CancellationToken cancellationToken);
}

/// <summary>As Gen2 numbers them (section 6.3.2.1).</summary>
public enum TagMemoryBank
{
    Reserved = 0,
    Epc = 1,

    /// <summary>Written by the maker of the chip: its class, model and mostly its serial number.</summary>
    Tid = 2,
    User = 3,
}

using static BayEdge.Simulator.Readers.Wire;

namespace BayEdge.Simulator.Readers;

/// <summary>What a client ordered with ADD_ROSPEC, as far as the simulated reader obeys it.</summary>
/// <param name="Antennas">From 1; a single 0 means all.</param>
/// <param name="Content">The sixteen flags of TagReportContentSelector.</param>
/// <param name="FineRssi">Whether it asks for Impinj's strength in hundredths of a dBm.</param>
/// <param name="SerialNumbers">Whether it asks for the serial numbers of chips, as Impinj readers tell them.</param>
/// <param name="StartsAtOnce">Whether enabling it starts it.</param>
/// <param name="Levels">The power level of each antenna; none for the reader's own.</param>
internal sealed record ReadOrder(
    uint Id, IReadOnlyList<int> Antennas, int Content, bool FineRssi, bool SerialNumbers, bool StartsAtOnce, IReadOnlyDictionary<int, int> Levels)
{
    private const int RoSpecFieldBytes = 6;
    private const int InventoryFieldBytes = 3;

    public bool Enabled { get; init; }

    public bool Started { get; init; }

    public bool Active => Enabled && Started;

    /// <summary>As GET_ROSPECS tells it, as far as the reader keeps it.</summary>
    public byte[] Written => Tlv(177,
        U32(Id), U8(0), U8(Active ? 2 : Enabled ? 1 : 0),
        Tlv(178, Tlv(179, U8(StartsAtOnce ? 1 : 0)), Tlv(182, U8(0), U32(0))),
        Tlv(183,
        [
            U16(Antennas.Count), .. Antennas.Select(U16), Tlv(184, U8(0), U32(0)),
            Tlv(186, [U16(1), U8(1), .. Levels.Select(level => Tlv(222, U16(level.Key), Tlv(224, U16(1), U16(0), U16(level.Value))))]),
        ]),
        Tlv(237, U8(1), U16(1), Tlv(238, U16(Content))));

    public bool Covers(int antenna) => Antennas.Contains(antenna) || Antennas.Contains(0);

    /// <exception cref="InvalidDataException">A part that LLRP demands is missing or broken.</exception>
    /// <param name="strongestLevel">Whoever asks for more gets this one.</param>
    public static ReadOrder Parse(byte[] addRoSpecBody, int strongestLevel)
    {
        var roSpec = Demand(addRoSpecBody, 177, "ROSpec");
        var parts = Fields(roSpec, RoSpecFieldBytes);
        var startTrigger = Demand(Demand(parts, 178, "ROBoundarySpec"), 179, "ROSpecStartTrigger");
        var aiSpec = Demand(parts, 183, "AISpec");
        var antennas = Enumerable.Range(0, Wire.ReadU16(aiSpec)).Select(index => Wire.ReadU16(Fields(aiSpec, 2 + (2 * index)))).ToList();
        Demand(Fields(aiSpec, 2 + (2 * antennas.Count)), 184, "AISpecStopTrigger");
        var inventory = Demand(Fields(aiSpec, 2 + (2 * antennas.Count)), 186, "InventoryParameterSpec");
        var levels = Wire.FindAll(inventory.AsSpan(Math.Min(InventoryFieldBytes, inventory.Length)), 222)
            .Select(antenna => (Port: Wire.ReadU16(antenna), Transmitter: Wire.Find(Fields(antenna, 2), 224)))
            .Where(antenna => antenna.Transmitter is not null)
            .ToDictionary(antenna => antenna.Port, antenna => Math.Min(Wire.ReadU16(antenna.Transmitter.AsSpan(4)), strongestLevel));

        var report = Demand(parts, 237, "ROReportSpec");
        var content = Wire.ReadU16(Demand(Fields(report, 3), 238, "TagReportContentSelector"));
        var selectors = Fields(report, 3);
        return new ReadOrder(Wire.ReadU32(roSpec), antennas, content, Impinj.Asks(selectors, 53), Impinj.Asks(selectors, 51), StartsAtOnce: startTrigger[0] == 1, levels);
    }

    private static byte[] Demand(byte[] parameters, int type, string name) =>
        Wire.Find(parameters, type) is { Length: > 0 } body ? body : throw new InvalidDataException($"{name} is missing.");

    private static byte[] Fields(byte[] body, int skip) =>
        body.Length > skip + 1 ? body[skip..] : throw new InvalidDataException($"A parameter ends after {body.Length} bytes.");
}

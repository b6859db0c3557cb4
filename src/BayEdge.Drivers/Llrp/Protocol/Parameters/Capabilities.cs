using System.Collections.Immutable;

namespace BayEdge.Drivers.Llrp.Protocol;

/// <summary>Who the reader is (LLRP 1.1, chapter 10).</summary>
/// <param name="Flags">Bit 15: antenna properties can be set; bit 14: has a UTC clock.</param>
/// <param name="Manufacturer">Its IANA private enterprise number.</param>
/// <param name="Model">The manufacturer's own number.</param>
internal sealed record GeneralDeviceCapabilities(
    ushort MaxAntennas, ushort Flags, uint Manufacturer, uint Model, string Firmware, ImmutableArray<LlrpParameter> Parameters)
    : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 137;

    public static GeneralDeviceCapabilities Read(ref FieldReader fields, int depth) => new(
        fields.U16(), fields.U16(), fields.U32(), fields.U32(), fields.Utf8(), ParameterReader.ReadAll(ref fields, depth));

    protected override void WriteFields(FieldWriter writer)
    {
        writer.U16(MaxAntennas);
        writer.U16(Flags);
        writer.U32(Manufacturer);
        writer.U32(Model);
        writer.Utf8(Firmware);
        WriteAll(writer, Parameters);
    }
}

/// <summary>How many inputs and outputs there are (LLRP 1.1, chapter 10).</summary>
internal sealed record GpioCapabilities(ushort Inputs, ushort Outputs) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 141;

    public static GpioCapabilities Read(ref FieldReader fields) => new(fields.U16(), fields.U16());

    protected override void WriteFields(FieldWriter writer)
    {
        writer.U16(Inputs);
        writer.U16(Outputs);
    }
}

/// <summary>Where and how the reader may transmit (LLRP 1.1, chapter 10).</summary>
internal sealed record RegulatoryCapabilities(ushort CountryCode, ushort Standard, ImmutableArray<LlrpParameter> Parameters)
    : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 143;

    public static RegulatoryCapabilities Read(ref FieldReader fields, int depth) =>
        new(fields.U16(), fields.U16(), ParameterReader.ReadAll(ref fields, depth));

    protected override void WriteFields(FieldWriter writer)
    {
        writer.U16(CountryCode);
        writer.U16(Standard);
        WriteAll(writer, Parameters);
    }
}

/// <summary>Power levels, frequencies and modes in the UHF band (LLRP 1.1, chapter 10).</summary>
internal sealed record UhfBandCapabilities(ImmutableArray<LlrpParameter> Parameters) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 144;

    public static UhfBandCapabilities Read(ref FieldReader fields, int depth) => new(ParameterReader.ReadAll(ref fields, depth));

    protected override void WriteFields(FieldWriter writer) => WriteAll(writer, Parameters);
}

/// <summary>A power the reader can transmit at (LLRP 1.1, chapter 10).</summary>
/// <param name="Index">How <see cref="RfTransmitter"/> names it.</param>
/// <param name="CentiDbm">In hundredths of a dBm.</param>
internal sealed record TransmitPowerLevel(ushort Index, short CentiDbm) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 145;

    public static TransmitPowerLevel Read(ref FieldReader fields) => new(fields.U16(), fields.S16());

    protected override void WriteFields(FieldWriter writer)
    {
        writer.U16(Index);
        writer.S16(CentiDbm);
    }
}

/// <summary>On which frequencies the reader sends: hopping, or fixed (LLRP 1.1, chapter 10).</summary>
internal sealed record FrequencyInformation(bool Hopping, ImmutableArray<LlrpParameter> Parameters) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 146;

    public static FrequencyInformation Read(ref FieldReader fields, int depth) => new(fields.Flag(), ParameterReader.ReadAll(ref fields, depth));

    protected override void WriteFields(FieldWriter writer)
    {
        writer.Flag(Hopping);
        WriteAll(writer, Parameters);
    }
}

/// <summary>LLRP 1.1, chapter 10.</summary>
/// <param name="Khz">In the order of hopping.</param>
internal sealed record FrequencyHopTable(byte Id, ImmutableArray<uint> Khz) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 147;

    public static FrequencyHopTable Read(ref FieldReader fields)
    {
        var id = fields.U8();
        fields.U8();
        return new FrequencyHopTable(id, FixedFrequencyTable.ReadList(ref fields));
    }

    protected override void WriteFields(FieldWriter writer)
    {
        writer.U8(Id);
        writer.U8(0);
        FixedFrequencyTable.WriteList(writer, Khz);
    }
}

/// <summary>LLRP 1.1, chapter 10.</summary>
internal sealed record FixedFrequencyTable(ImmutableArray<uint> Khz) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 148;

    public static FixedFrequencyTable Read(ref FieldReader fields) => new(ReadList(ref fields));

    public static ImmutableArray<uint> ReadList(ref FieldReader fields)
    {
        var list = new FieldReader(fields.Take(fields.U16() * sizeof(uint)), TypeNumber);
        var khz = ImmutableArray.CreateBuilder<uint>();
        while (!list.AtEnd)
            khz.Add(list.U32());
        return khz.DrainToImmutable();
    }

    public static void WriteList(FieldWriter writer, ImmutableArray<uint> khz)
    {
        writer.U16(khz.Length);
        foreach (var carrier in khz)
            writer.U32(carrier);
    }

    protected override void WriteFields(FieldWriter writer) => WriteList(writer, Khz);
}

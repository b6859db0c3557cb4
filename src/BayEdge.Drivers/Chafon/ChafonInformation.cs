namespace BayEdge.Drivers.Chafon;

/// <summary>What a reader tells about itself.</summary>
/// <param name="Type">9 is UHFReader18, 12 is UHFReader288M, 15 and 16 are UHFReader86.</param>
/// <param name="Band">The code of the radio band.</param>
/// <param name="ScanTime">How long one inventory may take.</param>
internal sealed record ChafonInformation(string Firmware, byte Type, byte Band, int PowerDbm, TimeSpan ScanTime)
{
    private const int Bytes = 8;

    public ChafonModel Model => Type == 9 ? ChafonModel.UhfReader18 : ChafonModel.UhfReader288;

    public string ModelName => Type switch
    {
        9 => "UHFReader18",
        12 => "UHFReader288M",
        15 or 16 => "UHFReader86",
        _ => $"reader type {Type}",
    };

    public static ChafonInformation? Read(ReadOnlySpan<byte> data) => data.Length < Bytes ? null : new ChafonInformation(
        $"{data[0]}.{data[1]}", data[2], ChafonBand.CodeOf(data[4], data[5]), data[6], TimeSpan.FromMilliseconds(100 * data[7]));
}

namespace BayEdge.Drivers.Mercury;

/// <summary>What a module says it is.</summary>
/// <param name="Firmware">Four numbers, as the maker writes them: in hex.</param>
internal readonly record struct MercuryVersion(string Model, string Firmware)
{
    /// <summary>Boot loader, hardware, date and version of the firmware, four bytes each (MercuryAPI, fillVersionInfo).</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out MercuryVersion version)
    {
        const int bytes = 16, hardware = 4, firmware = 12;
        version = default;
        if (data.Length < bytes)
            return false;

        version = new MercuryVersion(
            NameOf(data[hardware]), $"{data[firmware]:X2}.{data[firmware + 1]:X2}.{data[firmware + 2]:X2}.{data[firmware + 3]:X2}");
        return true;
    }

    private static string NameOf(byte hardware) => hardware switch
    {
        0x18 => "M6e",
        0x19 => "M6e-I",
        0x20 => "Micro",
        0x30 => "M6e Nano",
        0x38 => "M7e Pico",
        _ => $"model 0x{hardware:X2}",
    };
}

using System.Numerics;

namespace BayEdge.Drivers.Chafon;

/// <summary>One tag of an inventory answer.</summary>
/// <param name="Antenna">From 1; null when the reader does not tell.</param>
/// <param name="Epc">Upper-case hex.</param>
/// <param name="RawStrength">In the reader's own unit, about a decibel a step; null when it does not tell.</param>
internal readonly record struct ChafonTag(int? Antenna, string Epc, byte? RawStrength);

/// <summary>Reads the data of an inventory answer.</summary>
internal static class ChafonTags
{
    /// <returns>Whether the data follows the format of the model to its last byte.</returns>
    public static bool TryRead(ChafonModel model, ReadOnlySpan<byte> data, List<ChafonTag> tags)
    {
        tags.Clear();
        if (data.IsEmpty)
            return true;

        int? antenna = null;
        if (model == ChafonModel.UhfReader288)
        {
            // One bit an antenna (UHFReader288MP user manual V1.14, section 8.2.1).
            antenna = BitOperations.IsPow2(data[0]) ? BitOperations.TrailingZeroCount(data[0]) + 1 : null;
            data = data[1..];
            if (data.IsEmpty)
                return false;
        }

        var strengthBytes = model == ChafonModel.UhfReader288 ? 1 : 0;
        var count = data[0];
        data = data[1..];
        for (var index = 0; index < count; index++)
        {
            if (data.IsEmpty || data.Length < 1 + data[0] + strengthBytes)
                return false;

            int length = data[0];
            tags.Add(new ChafonTag(antenna, Convert.ToHexString(data[1..(1 + length)]), strengthBytes == 1 ? data[1 + length] : null));
            data = data[(1 + length + strengthBytes)..];
        }

        return data.IsEmpty;
    }
}

using System.Globalization;
using System.Numerics;

namespace BayEdge.Core.Tags;

/// <summary>What GS1 says of a tag's identity: decoration for people and exports. The identity itself stays the raw hex.</summary>
/// <remarks>
/// GS1 EPC Tag Data Standard 1.13, chapters 13 and 14. Whether the tag's bits follow GS1 at all is told by the tag's protocol control word,
/// which few readers pass on, so a tag of another numbering system may look like one of these.
/// </remarks>
public static class EpcTagUri
{
    /// <summary>Digits of the company prefix and its bits, by partition value.</summary>
    private static readonly (int Digits, int Bits)[] CompanyPrefixes = [(12, 40), (11, 37), (10, 34), (9, 30), (8, 27), (7, 24), (6, 20)];

    /// <summary>The Tag URI, such as <c>urn:epc:tag:sgtin-96:3.0614141.812345.6789</c>.</summary>
    /// <param name="tag">Hex.</param>
    /// <returns>Null when the identity follows none of the schemes SGTIN, SSCC, SGLN, GRAI, GIAI and GID, or not to the letter.</returns>
    public static string? Of(string tag)
    {
        if (tag.Length is < 24 or > 128 || tag.Length % 2 != 0 || !tag.All(char.IsAsciiHexDigit))
            return null;

        var bits = new BitReader(Convert.FromHexString(tag));
        return (int)bits.Take(8) switch
        {
            0x30 when bits.Has(96) => Partitioned(bits, "sgtin-96", 13, 44, OfNumber(38)),
            0x36 when bits.Has(198) => Partitioned(bits, "sgtin-198", 13, 44, OfText(20)),
            0x31 when bits.Has(96) => Partitioned(bits, "sscc-96", 17, 58, OfZeros(24)),
            0x32 when bits.Has(96) => Partitioned(bits, "sgln-96", 12, 41, OfNumber(41)),
            0x39 when bits.Has(195) => Partitioned(bits, "sgln-195", 12, 41, OfText(20)),
            0x33 when bits.Has(96) => Partitioned(bits, "grai-96", 12, 44, OfNumber(38)),
            0x37 when bits.Has(170) => Partitioned(bits, "grai-170", 12, 44, OfText(16)),
            0x34 when bits.Has(96) => Asset(bits, "giai-96", company => bits.Take(82 - company.Bits).ToString(CultureInfo.InvariantCulture)),
            0x38 when bits.Has(202) => Asset(bits, "giai-202", company => Text(bits, (188 - company.Bits) / 7)),
            0x35 when bits.Has(96) => string.Create(CultureInfo.InvariantCulture, $"urn:epc:tag:gid-96:{bits.Take(28)}.{bits.Take(24)}.{bits.Take(36)}"),
            _ => null,
        };

        Func<string?> OfNumber(int count) => () => $".{bits.Take(count).ToString(CultureInfo.InvariantCulture)}";
        Func<string?> OfText(int characters) => () => Text(bits, characters) is { } text ? $".{text}" : null;
        Func<string?> OfZeros(int count) => () => bits.Take(count).IsZero ? "" : null;
    }

    /// <summary>Filter, company prefix, a reference that fills up the digits, and what follows.</summary>
    /// <param name="digits">Of company prefix and reference together.</param>
    /// <param name="width">Their bits.</param>
    private static string? Partitioned(BitReader bits, string scheme, int digits, int width, Func<string?> rest)
    {
        if (Company(bits) is not var (filter, company, prefix))
            return null;

        var reference = Digits(bits.Take(width - company.Bits), digits - company.Digits);
        return reference is not null && rest() is { } tail ? $"urn:epc:tag:{scheme}:{filter}.{prefix}.{reference}{tail}" : null;
    }

    private static string? Asset(BitReader bits, string scheme, Func<(int Digits, int Bits), string?> asset) =>
        Company(bits) is var (filter, company, prefix) && asset(company) is { } reference ? $"urn:epc:tag:{scheme}:{filter}.{prefix}.{reference}" : null;

    private static (BigInteger Filter, (int Digits, int Bits) Company, string Prefix)? Company(BitReader bits)
    {
        var filter = bits.Take(3);
        var partition = (int)bits.Take(3);
        if (partition >= CompanyPrefixes.Length)
            return null;

        var company = CompanyPrefixes[partition];
        return Digits(bits.Take(company.Bits), company.Digits) is { } prefix ? (filter, company, prefix) : null;
    }

    /// <returns>Null when the number needs more digits than it may have.</returns>
    private static string? Digits(BigInteger value, int digits)
    {
        if (digits == 0)
            return value.IsZero ? "" : null;
        var text = value.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
        return text.Length == digits ? text : null;
    }

    /// <summary>Seven bits a character, ended by zeros; written as a URI wants it.</summary>
    private static string? Text(BitReader bits, int characters)
    {
        const string escaped = "\"%&/<>?", plain = "!'()*+,-.:;=_";
        var text = new System.Text.StringBuilder();
        var ended = false;
        for (var index = 0; index < characters; index++)
        {
            var character = (char)bits.Take(7);
            ended |= character == '\0';
            if (ended ? character != '\0' : !char.IsAsciiLetterOrDigit(character) && !escaped.Contains(character, StringComparison.Ordinal) && !plain.Contains(character, StringComparison.Ordinal))
                return null;
            if (!ended)
                text.Append(escaped.Contains(character, StringComparison.Ordinal) ? $"%{(int)character:X2}" : character);
        }

        return text.Length == 0 ? null : text.ToString();
    }

    /// <summary>Bits from the highest of the first byte on.</summary>
    private sealed class BitReader(byte[] bytes)
    {
        private int _position;

        public bool Has(int count) => bytes.Length * 8 >= count;

        public BigInteger Take(int count)
        {
            var value = BigInteger.Zero;
            for (var end = _position + count; _position < end; _position++)
                value = (value << 1) | (bytes[_position / 8] >> (7 - (_position % 8)) & 1);
            return value;
        }
    }
}

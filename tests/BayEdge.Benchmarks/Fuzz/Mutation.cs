namespace BayEdge.Benchmarks.Fuzz;

/// <summary>What lines, disks and strangers make of good input.</summary>
internal static class Mutation
{
    /// <summary>No longer than this, whatever is added.</summary>
    public const int LongestBytes = 1024;

    /// <summary>One to four seeds in a row, each left alone, random, cut, lengthened, with some bits or bytes changed, or grown from another.</summary>
    public static int Make(IReadOnlyList<byte[]> seeds, Random random, byte[] into)
    {
        var length = 0;
        for (var count = random.Next(8) == 0 ? random.Next(1, 5) : 1; count > 0; count--)
            length += Damage(seeds[random.Next(seeds.Count)], seeds, random, into.AsSpan(length));
        return length;
    }

    private static int Damage(byte[] seed, IReadOnlyList<byte[]> seeds, Random random, Span<byte> into)
    {
        var length = Math.Min(seed.Length, into.Length);
        seed.AsSpan(0, length).CopyTo(into);
        switch (random.Next(7))
        {
            case 0:
                random.NextBytes(into[..length]);
                return length;
            case 1:
                return random.Next(length + 1);
            case 2:
                var added = Math.Min(random.Next(256), into.Length - length);
                random.NextBytes(into.Slice(length, added));
                return length + added;
            case 3:
                for (var flips = random.Next(1, 8); flips > 0 && length > 0; flips--)
                    into[random.Next(length)] ^= (byte)(1 << random.Next(8));
                return length;
            case 4:
                for (var changes = random.Next(1, 4); changes > 0 && length > 0; changes--)
                    into[random.Next(length)] = Telling[random.Next(Telling.Length)];
                return length;
            case 5:
                var other = seeds[random.Next(seeds.Count)];
                var from = random.Next(other.Length + 1);
                var at = random.Next(length + 1);
                var taken = Math.Min(other.Length - from, into.Length - at);
                other.AsSpan(from, taken).CopyTo(into[at..]);
                return Math.Max(length, at + taken);
            default:
                return length;
        }
    }

    /// <summary>Values at which lengths, signs, numbers and JSON turn over.</summary>
    private static ReadOnlySpan<byte> Telling => [0x00, 0x01, 0x7F, 0x80, 0xFE, 0xFF, (byte)'"', (byte)'{', (byte)'}', (byte)'[', (byte)'-', (byte)'9', (byte)'e', (byte)'\\'];
}

namespace BayEdge.Drivers.Tests.Serial;

/// <summary>What a bad line, or a device of another kind, makes of good frames.</summary>
internal static class Damage
{
    public const int Seed = 20260301;

    /// <summary>A few frames in a row, damaged in one of several ways or not at all; at most 1024 bytes.</summary>
    public static byte[] Some(IReadOnlyList<byte[]> frames, Random random)
    {
        List<byte> stream = [];
        for (var count = random.Next(1, 5); count > 0; count--)
        {
            var frame = frames[random.Next(frames.Count)].ToArray();
            switch (random.Next(5))
            {
                case 0:
                    random.NextBytes(frame);
                    break;
                case 1:
                    frame = frame[..random.Next(frame.Length)];
                    break;
                case 2:
                    frame = [.. frame, .. new byte[random.Next(64)]];
                    break;
                case 3:
                    for (var flips = random.Next(1, 8); flips > 0; flips--)
                        frame[random.Next(frame.Length)] ^= (byte)(1 << random.Next(8));
                    break;
            }

            stream.AddRange(frame);
        }

        return [.. stream.Take(1024)];
    }
}

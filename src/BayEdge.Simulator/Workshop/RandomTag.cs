namespace BayEdge.Simulator.Workshop;

/// <summary>Tags as they leave the factory carry the chip's own number, which begins with E2.</summary>
internal static class RandomTag
{
    public static string Of(Random random) => $"E2806894{random.NextInt64(1L << 62):X16}";
}

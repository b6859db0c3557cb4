using System.Numerics;

namespace BayEdge.Simulator.Workshop;

/// <summary>Random figures that depend on nothing but what they are asked for, so that any stretch of time can be drawn alone.</summary>
/// <remarks>SplitMix64's finalizer (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014), chained.</remarks>
internal readonly struct Chance(ulong state)
{
    public static Chance Of(int seed) => new(Mix((ulong)seed));

    public Chance With(long key) => new(Mix(state ^ BitOperations.RotateLeft((ulong)key, 32) ^ 0x9E3779B97F4A7C15));

    /// <summary>Keyed by text, the same in every process (FNV-1a).</summary>
    public Chance With(string text)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var character in text)
            hash = (hash ^ character) * 0x100000001B3;

        return With((long)hash);
    }

    /// <summary>0 to 1, 1 excluded.</summary>
    public double Uniform() => (Mix(state + 1) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Mean 0, standard deviation 1 (Box and Muller).</summary>
    public double Normal() =>
        Math.Sqrt(-2 * Math.Log(1 - With(1).Uniform())) * Math.Cos(2 * Math.PI * With(2).Uniform());

    /// <summary>How many events happen when <paramref name="mean"/> are expected; meant for small means.</summary>
    public int Poisson(double mean)
    {
        var (remaining, term, count) = (Uniform(), Math.Exp(-mean), 0);
        while (remaining >= term && count < 1000)
        {
            remaining -= term;
            term *= mean / ++count;
        }

        return count;
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}

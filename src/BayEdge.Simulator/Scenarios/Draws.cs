using BayEdge.Simulator.Workshop;

namespace BayEdge.Simulator.Scenarios;

/// <summary>One random figure after the other, the same ones for the same beginning.</summary>
internal sealed class Draws(Chance chance)
{
    private Random? _random;
    private long _count;

    /// <summary>Another row of figures, which does not depend on how many were drawn of this one.</summary>
    public Draws For(string purpose, long key = 0) => new(chance.With(purpose).With(key));

    /// <summary>For what takes no other source of chance.</summary>
    public Random Random => _random ??= new Random((int)(chance.With("random").Uniform() * int.MaxValue));

    /// <summary>0 to 1, 1 excluded.</summary>
    public double Uniform() => Next().Uniform();

    public double Normal() => Next().Normal();

    public bool Happens(double share) => Uniform() < share;

    public double Between(double least, double most) => least + ((most - least) * Uniform());

    public TimeSpan Between(TimeSpan least, TimeSpan most) => least + ((most - least) * Uniform());

    public double LogUniform(double least, double most) => least * Math.Pow(most / least, Uniform());

    public TimeSpan LogUniform(TimeSpan least, TimeSpan most) => least * Math.Pow(most / least, Uniform());

    /// <summary>Pareto's law, cut off.</summary>
    public TimeSpan HeavyTailed(TimeSpan least, TimeSpan most, double exponent)
    {
        var beyond = Math.Pow(least / most, exponent);
        return least * Math.Pow(1 - (Uniform() * (1 - beyond)), -1 / exponent);
    }

    /// <summary>Until the next of events that come at random; ages when none ever comes.</summary>
    public TimeSpan Wait(double perHour) =>
        perHour <= 0 ? TimeSpan.FromDays(100_000) : TimeSpan.FromHours(Math.Min(-Math.Log(1 - Uniform()) / perHour, 2_400_000));

    public int Below(int count) => (int)(Uniform() * count);

    public T Pick<T>(IReadOnlyList<T> from) => from[Below(from.Count)];

    private Chance Next() => chance.With(_count++);
}

using BayEdge.Simulator.Workshop;

namespace BayEdge.Simulator.Scenarios;

/// <summary>How many reads succeed at a level: none far below the reader's sensitivity, all far above.</summary>
internal sealed class ReadChance
{
    private const double LeastDbm = -110;
    private const double MostDbm = -20;
    private const double StepDb = 0.25;

    // Tabulated: this is asked once for each tag, antenna and second of years.
    private readonly double[] _success = new double[(int)((MostDbm - LeastDbm) / StepDb) + 1];

    public ReadChance(TagSignalOptions signal)
    {
        // Fast fading lets reads fail above the sensitivity and succeed below it: the slope is the wider for it.
        // A logistic curve of this scale is close to a normal one of 1.7 times it.
        const double LogisticToNormal = 1.7;
        var slope = Math.Sqrt(Math.Pow(signal.SensitivitySlopeDb, 2) + Math.Pow(signal.FastFadingDb / LogisticToNormal, 2));
        for (var index = 0; index < _success.Length; index++)
            _success[index] = 1 / (1 + Math.Exp((signal.SensitivityDbm - (LeastDbm + (index * StepDb))) / slope));
    }

    /// <param name="expected">Reads to be expected where the tag is heard perfectly.</param>
    /// <param name="chance">0 to 1; the same chance gives the same count.</param>
    /// <returns>Poisson distributed.</returns>
    public int Count(double levelDbm, double expected, double chance)
    {
        var index = (int)((levelDbm - LeastDbm) / StepDb);
        var mean = expected * _success[Math.Clamp(index, 0, _success.Length - 1)];
        var term = Math.Exp(-mean);
        var count = 0;
        while (chance >= term && count < 100)
        {
            chance -= term;
            term *= mean / ++count;
        }

        return count;
    }
}

using BayEdge.Core.Configuration;
using BayEdge.Vision.Plates.Decoding;

namespace BayEdge.Vision.Tests.Plates.Decoding;

/// <summary>What the reading network would give for a line, character by character.</summary>
internal sealed class SyntheticLine
{
    private readonly List<(char Character, double Probability)[]> _steps = [];

    public static string Symbols { get; } =
        string.Concat(Enum.GetValues<PlateRegion>().SelectMany(region => TemplateFile.Of(region).Characters()).Distinct().Order());

    /// <summary>Sure of each character, with blanks between; a space is a longer blank.</summary>
    public static SyntheticLine Of(string text, double certainty = 0.98)
    {
        var line = new SyntheticLine();
        foreach (var character in text)
        {
            if (character != ' ')
                line.Then((character, certainty));
            line.Then();
        }

        return line;
    }

    /// <summary>One step with these candidates; the rest is blank.</summary>
    public SyntheticLine Then(params (char Character, double Probability)[] candidates)
    {
        _steps.Add(candidates);
        return this;
    }

    public SyntheticLine Then(SyntheticLine next)
    {
        _steps.AddRange(next._steps);
        return this;
    }

    public DecodedPlate? Decode(PlateRegion region) => Decode(TemplateFile.Of(region));

    public DecodedPlate? Decode(TemplateFile file)
    {
        return new TemplateDecoder(file.Compile(Symbols), file.JunkCost).Decode(Scores());
    }

    public LineScores Scores(string written = "")
    {
        var scores = new LineScores(_steps.Count, Symbols.Length + 1) { Written = written };
        for (var step = 0; step < _steps.Count; step++)
        {
            var to = scores.Step(step);
            to[0] = (float)(1 - _steps[step].Sum(candidate => candidate.Probability));
            foreach (var (character, probability) in _steps[step])
                to[Symbols.IndexOf(character, StringComparison.Ordinal) + 1] = (float)probability;
        }

        return scores;
    }
}

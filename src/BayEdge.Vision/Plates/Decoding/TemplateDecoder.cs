using System.Collections.Immutable;
using BayEdge.Vision.Plates.Locating;

namespace BayEdge.Vision.Plates.Decoding;

/// <summary>
/// Finds the most likely path through the reader's steps (connectionist temporal classification: a character may last
/// several steps, blank separates equal neighbours) among the paths that spell a plate of the region. Pure.
/// </summary>
/// <remarks>
/// The search is exact, as a template has few states. A step before, behind or, where a sticker may stand, inside the
/// number may show something else at a cost: country strips, screws and stickers are passed over that way.
/// </remarks>
internal sealed class TemplateDecoder(ImmutableArray<PlateTemplate> templates, float junkCost)
{
    private const float Impossible = float.NegativeInfinity;

    // In natural logarithms, as every score here: a look-alike counts three quarters of the character itself. Assumed.
    private const float AlikeCost = 0.3f;

    // Nobody reports such a reading, and what else it may be is not worth the time.
    private const double Hopeless = 0.3;

    /// <summary>The longest plate: the choices of a path must fit into its number.</summary>
    public const int MostPlaces = 64 / Path.BitsOfChoice;

    /// <summary>The largest class of characters.</summary>
    public const int MostCharacters = 1 << Path.BitsOfChoice;

    // Keeps logarithms finite; below what the network's last layer tells from nothing.
    private const float LeastProbability = 1e-7f;

    /// <summary>The best reading, or null when the line is too short for any plate.</summary>
    /// <param name="ground">The colour behind the characters; null when it cannot be told.</param>
    public DecodedPlate? Decode(LineScores scores, PlateGround? ground = null)
    {
        var logs = Logarithms(scores);
        var junk = JunkOf(logs);
        DecodedPlate? best = null;
        foreach (var template in templates.Where(template => template.Suits(ground)))
        {
            if (template.Positions.Length <= scores.Steps && Follow(template, logs, junk) is { } found && found.Score > (best?.Score ?? Impossible))
                best = found;
        }

        return best is null or { Confidence: < Hopeless } ? best : best with { Doubts = [.. Enumerable.Range(0, best.Text.Length).Select(place => DoubtAt(place, best, logs, junk))] };
    }

    /// <summary>What else the steps may show at one place of the number, all others left free.</summary>
    private static CharacterDoubt DoubtAt(int place, DecodedPlate best, LineScores logs, float[] junk)
    {
        var position = best.Template.Positions[place];
        if (position.Characters.Length == 1)
            return default;
        var taken = position.Characters.IndexOf(best.Text[place], StringComparison.Ordinal);
        var others = position with { Characters = position.Characters.Remove(taken, 1), Columns = position.Columns.RemoveAt(taken) };
        var second = Follow(best.Template with { Positions = best.Template.Positions.SetItem(place, others) }, logs, junk);
        return second is null ? default : new CharacterDoubt(second.Text[place], 1 / (1 + Math.Exp(best.Score - second.Score)));
    }

    /// <summary>For each step what it costs to be no part of the number: nothing where it is blank.</summary>
    private float[] JunkOf(LineScores logs)
    {
        var junk = new float[logs.Steps];
        for (var step = 0; step < logs.Steps; step++)
        {
            var blank = logs.Step(step)[0];
            junk[step] = Math.Max(blank, MathF.Log(Math.Max(LeastProbability, 1 - MathF.Exp(blank))) - junkCost);
        }

        return junk;
    }

    private static LineScores Logarithms(LineScores scores)
    {
        var logs = new LineScores(scores.Steps, scores.Symbols);
        for (var step = 0; step < scores.Steps; step++)
        {
            var from = scores.Step(step);
            var to = logs.Step(step);
            for (var symbol = 0; symbol < from.Length; symbol++)
                to[symbol] = MathF.Log(Math.Max(LeastProbability, from[symbol]));
        }

        return logs;
    }

    private static DecodedPlate? Follow(PlateTemplate template, LineScores logs, float[] junk)
    {
        var lattice = new Lattice(template);
        for (var step = 0; step < logs.Steps; step++)
            lattice.Advance(logs.Step(step), junk[step]);

        var (score, text) = lattice.Best();
        return score == Impossible
            ? null
            : new DecodedPlate(text, template, score + template.LogWeight, Math.Exp((score + template.LogWeight) / template.Positions.Length));
    }

    /// <summary>A path's score and the indices of its characters within their positions, seven bits each.</summary>
    private readonly record struct Path(float Score, ulong Choices)
    {
        public const int BitsOfChoice = 7;

        public static Path None => new(Impossible, 0);

        public Path Plus(float score) => this with { Score = Score + score };

        public Path Chosen(int index, float score) => new(Score + score, (Choices << BitsOfChoice) | (uint)index);

        public static Path Better(Path one, Path other) => one.Score >= other.Score ? one : other;
    }

    private sealed class Lattice
    {
        private readonly PlateTemplate _template;
        private readonly Path[][] _on;
        private readonly Path[] _after;
        private readonly Path[] _sticker;
        private Path _before = new(0, 0);
        private Path _behind = Path.None;

        public Lattice(PlateTemplate template)
        {
            _template = template;
            _on = [.. template.Positions.Select(position => Enumerable.Repeat(Path.None, position.Characters.Length).ToArray())];
            _after = [.. Enumerable.Repeat(Path.None, template.Positions.Length)];
            _sticker = [.. Enumerable.Repeat(Path.None, template.Positions.Length)];
        }

        /// <summary>Takes one step; positions go from right to left so that each still sees its neighbour's last step.</summary>
        public void Advance(ReadOnlySpan<float> logs, float junk)
        {
            var last = _on.Length - 1;
            _behind = Path.Better(_behind, Path.Better(_after[last], BestOn(last))).Plus(junk);
            for (var place = last; place >= 0; place--)
            {
                var position = _template.Positions[place];
                var bestOn = BestOn(place);
                if (place < last && _template.Positions[place + 1].MayFollowSticker)
                    _sticker[place] = Path.Better(_sticker[place], Path.Better(bestOn, _after[place])).Plus(junk);
                _after[place] = Path.Better(bestOn, _after[place]).Plus(logs[0]);
                Emit(place, position, logs);
            }

            _before = _before.Plus(junk);
        }

        public (float Score, string Text) Best()
        {
            var last = _on.Length - 1;
            var best = Path.Better(_behind, Path.Better(_after[last], BestOn(last)));
            var text = new char[_on.Length];
            var choices = best.Choices;
            for (var place = last; place >= 0; place--, choices >>= Path.BitsOfChoice)
                text[place] = _template.Positions[place].Characters[(int)(choices & (MostCharacters - 1))];
            return (best.Score, new string(text));
        }

        private void Emit(int place, TemplatePosition position, ReadOnlySpan<float> logs)
        {
            var on = _on[place];
            var (between, best, bestCharacter, runnerUp) = Arriving(place, position.MayFollowSticker);
            for (var index = 0; index < on.Length; index++)
            {
                var emission = Strongest(position.Columns[index], logs);
                var touching = bestCharacter == position.Characters[index] ? runnerUp : best;
                var entered = Path.Better(between, touching);
                on[index] = on[index].Score >= entered.Score ? on[index].Plus(emission) : entered.Chosen(index, emission);
            }
        }

        /// <summary>
        /// The best ways into a place: from between the characters, and straight from the character before it, with the
        /// best of the others for the case that both are the same character.
        /// </summary>
        private (Path Between, Path Best, char BestCharacter, Path RunnerUp) Arriving(int place, bool maySticker)
        {
            if (place == 0)
                return (_before, Path.None, '\0', Path.None);
            var between = maySticker ? Path.Better(_after[place - 1], _sticker[place - 1]) : _after[place - 1];
            var (best, runnerUp, bestIndex) = (Path.None, Path.None, 0);
            var on = _on[place - 1];
            for (var index = 0; index < on.Length; index++)
            {
                if (on[index].Score > best.Score)
                    (best, runnerUp, bestIndex) = (on[index], best, index);
                else
                    runnerUp = Path.Better(runnerUp, on[index]);
            }

            return (between, best, _template.Positions[place - 1].Characters[bestIndex], runnerUp);
        }

        private Path BestOn(int place)
        {
            var best = Path.None;
            foreach (var path in _on[place])
                best = Path.Better(best, path);
            return best;
        }

        /// <summary>The character itself, or a look-alike at a small cost.</summary>
        private static float Strongest(ImmutableArray<int> columns, ReadOnlySpan<float> logs)
        {
            var strongest = logs[columns[0]];
            for (var alike = 1; alike < columns.Length; alike++)
                strongest = Math.Max(strongest, logs[columns[alike]] - AlikeCost);
            return strongest;
        }
    }
}

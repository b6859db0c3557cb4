using BayEdge.Vision.Plates.Decoding;

namespace BayEdge.Vision.Tests.Plates.Decoding;

public class CharacterTableTests
{
    private static readonly string[] Keys = ["A", "a", "·", "l", "囧"];

    [Fact]
    public void Small_letters_count_as_capitals_and_separators_as_blank()
    {
        var table = new CharacterTable(Keys, "AI");

        // blank, A, a, dot, l, an unknown character, space
        var scores = table.Fold([0.1f, 0.2f, 0.05f, 0.25f, 0.15f, 0.2f, 0.05f], 1);

        Assert.Equal(0.4f, scores.Step(0)[0], 5);
        Assert.Equal(0.25f, scores.Step(0)[1], 5);
        Assert.Equal(0.15f, scores.Step(0)[2], 5);
    }

    [Fact]
    public void There_is_a_column_for_blank_each_key_and_the_space()
    {
        Assert.Equal(Keys.Length + 2, new CharacterTable(Keys, "AI").Columns);
    }
}

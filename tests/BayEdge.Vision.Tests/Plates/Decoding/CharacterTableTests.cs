using BayEdge.Vision.Plates.Decoding;

namespace BayEdge.Vision.Tests.Plates.Decoding;

public class CharacterTableTests
{
    private static readonly string?[] Columns = [null, "A", "a", "·", "l", "囧", " "];

    [Fact]
    public void Small_letters_count_as_capitals_and_separators_as_blank()
    {
        var table = new CharacterTable(Columns, "AI");

        // blank, A, a, dot, l, an unknown character, space
        var scores = table.Fold([0.1f, 0.2f, 0.05f, 0.25f, 0.15f, 0.2f, 0.05f], 1);

        Assert.Equal(0.4f, scores.Step(0)[0], 5);
        Assert.Equal(0.25f, scores.Step(0)[1], 5);
        Assert.Equal(0.15f, scores.Step(0)[2], 5);
    }

    [Fact]
    public void What_the_reader_would_write_by_itself_keeps_its_marks()
    {
        // A, A again, nothing, A, the dot
        float[] steps = [
            0, 1, 0, 0, 0, 0, 0,
            0, 1, 0, 0, 0, 0, 0,
            1, 0, 0, 0, 0, 0, 0,
            0, 1, 0, 0, 0, 0, 0,
            0, 0, 0, 1, 0, 0, 0,
        ];

        Assert.Equal("AA·", new CharacterTable(Columns, "AI").Fold(steps, 5).Written);
    }
}

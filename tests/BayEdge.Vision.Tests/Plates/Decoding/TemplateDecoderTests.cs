using BayEdge.Core.Configuration;

namespace BayEdge.Vision.Tests.Plates.Decoding;

public class TemplateDecoderTests
{
    [Theory]
    [InlineData(PlateRegion.Cn, "皖AYL375", "standard")]
    [InlineData(PlateRegion.Cn, "沪AD12345", "new energy")]
    [InlineData(PlateRegion.Cn, "粤B12345D", "new energy, large")]
    [InlineData(PlateRegion.Cn, "渝B3587学", "training")]
    [InlineData(PlateRegion.Cn, "鲁B1234挂", "trailer")]
    [InlineData(PlateRegion.Cn, "京A0006警", "police")]
    [InlineData(PlateRegion.Cn, "粤ZH888港", "Hong Kong and Macau")]
    [InlineData(PlateRegion.Cn, "粤ZH888澳", "Hong Kong and Macau")]
    [InlineData(PlateRegion.Cn, "沪A0023领", "consulate")]
    [InlineData(PlateRegion.Cn, "使014578", "embassy")]
    [InlineData(PlateRegion.Br, "OKM2371", "grey")]
    [InlineData(PlateRegion.Br, "BRA2E19", "Mercosul")]
    [InlineData(PlateRegion.Eu, "1B25790", "CZ")]
    [InlineData(PlateRegion.Us, "5VCF203", "CA")]
    public void Each_kind_of_plate_is_read_and_named(PlateRegion region, string plate, string kind)
    {
        var decoded = SyntheticLine.Of(plate).Decode(region);

        Assert.NotNull(decoded);
        Assert.Equal(plate, decoded.Text);
        Assert.Equal(kind, decoded.Template.Name);
        Assert.InRange(decoded.Confidence, 0.7, 1);
    }

    [Theory]
    [InlineData(PlateRegion.Cn, "皖AO1I75B", "皖A0117 5B")]
    [InlineData(PlateRegion.Br, "0KM237I", "OKM2371")]
    [InlineData(PlateRegion.Br, "BRAOE19", "BRA0E19")]
    [InlineData(PlateRegion.Eu, "RKO99AN", "RK099AN")]
    [InlineData(PlateRegion.Us, "IAMW24O", "1AMW240")]
    public void O_and_zero_and_I_and_one_follow_the_place_in_the_plate(PlateRegion region, string read, string plate)
    {
        var decoded = SyntheticLine.Of(read).Decode(region);

        Assert.Equal(plate.Replace(" ", ""), decoded?.Text);
    }

    [Fact]
    public void A_place_that_holds_digits_takes_the_weaker_digit_over_the_stronger_letter()
    {
        var line = SyntheticLine.Of("OKM23").Then(('B', 0.7), ('8', 0.2)).Then().Then(SyntheticLine.Of("1"));

        Assert.Equal("OKM2381", line.Decode(PlateRegion.Br)?.Text);
    }

    [Fact]
    public void A_Chinese_serial_never_has_three_letters()
    {
        var line = SyntheticLine.Of("皖AY").Then(('L', 0.9)).Then().Then(('B', 0.6), ('8', 0.3)).Then().Then(SyntheticLine.Of("75"));

        Assert.Equal("皖AYL875", line.Decode(PlateRegion.Cn)?.Text);
    }

    [Fact]
    public void Two_equal_characters_stay_two_and_one_long_character_stays_one()
    {
        var line = SyntheticLine.Of("皖A").Then(('8', 0.9)).Then(('8', 0.9)).Then().Then(SyntheticLine.Of("899")).Then(('6', 0.9)).Then(('6', 0.9));

        Assert.Equal("皖A88996", line.Decode(PlateRegion.Cn)?.Text);
    }

    [Fact]
    public void A_country_strip_in_front_is_no_part_of_the_plate()
    {
        var decoded = SyntheticLine.Of("BBX51ABC").Decode(PlateRegion.Eu);

        Assert.Equal("BX51ABC", decoded?.Text);
    }

    [Fact]
    public void The_stickers_on_a_Czech_plate_are_no_part_of_it()
    {
        var decoded = SyntheticLine.Of("4B4 8 0262").Decode(PlateRegion.Eu);

        Assert.Equal("4B40262", decoded?.Text);
    }

    [Fact]
    public void A_line_shorter_than_any_plate_gives_nothing()
    {
        Assert.Null(new SyntheticLine().Then(('A', 0.9)).Then(('1', 0.9)).Decode(PlateRegion.Cn));
    }

    [Fact]
    public void A_line_that_spells_no_plate_is_not_believed()
    {
        var decoded = SyntheticLine.Of("WORKSHOP").Decode(PlateRegion.Cn);

        Assert.True(decoded is null || decoded.Confidence < 0.3, $"{decoded}");
    }

    [Fact]
    public void Of_each_character_the_next_likely_one_is_told_with_its_probability()
    {
        var line = new SyntheticLine().Then(('藏', 0.6), ('冀', 0.3)).Then(SyntheticLine.Of("A12345"));

        var decoded = line.Decode(PlateRegion.Cn)!;

        Assert.Equal("藏A12345", decoded.Text);
        Assert.Equal('冀', decoded.Doubts[0].Character);
        Assert.Equal(1.0 / 3, decoded.Doubts[0].Probability, 2);
        Assert.All(decoded.Doubts.Skip(1), doubt => Assert.InRange(doubt.Probability, 0, 0.05));
    }
}

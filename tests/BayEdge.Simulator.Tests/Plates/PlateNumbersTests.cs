using BayEdge.Simulator.Plates;
using FsCheck.Xunit;

namespace BayEdge.Simulator.Tests.Plates;

public sealed class PlateNumbersTests
{
    private const string Province = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]";

    [Property]
    public void A_blue_plate_has_seven_characters_without_I_and_O(int seed) =>
        Assert.Matches($"^{Province}[A-HJ-NP-Z][0-9A-HJ-NP-Z]{{5}}$", Text(seed, PlateKind.ChinaBlue));

    [Property]
    public void A_blue_plate_has_at_most_two_letters_in_its_serial(int seed) =>
        Assert.InRange(Text(seed, PlateKind.ChinaBlue)[2..].Count(char.IsLetter), 0, 2);

    [Property]
    public void A_small_new_energy_plate_has_D_or_F_before_its_serial(int seed) =>
        Assert.Matches($"^{Province}[A-HJ-NP-Z][DF][0-9A-HJ-NP-Z][0-9]{{4}}$", Text(seed, PlateKind.ChinaGreenSmall));

    [Property]
    public void A_large_new_energy_plate_has_D_or_F_after_its_serial(int seed) =>
        Assert.Matches($"^{Province}[A-HJ-NP-Z][0-9]{{5}}[DF]$", Text(seed, PlateKind.ChinaGreenLarge));

    [Property]
    public void A_European_plate_follows_its_countrys_pattern(int seed)
    {
        var number = PlateNumbers.Random(new Random(seed), PlateKind.Europe);

        Assert.Matches(
            number.Issuer switch
            {
                "D" => "^[A-Z]{1,3} [A-Z]{1,2} [1-9][0-9]{1,2}$",
                "F" => "^[A-Z]{2}-[0-9]{3}-[A-Z]{2}$",
                _ => "^[A-Z]{2} [0-9]{5}$",
            },
            number.Printed);
        Assert.True(number.Text.Length <= 8);
    }

    [Property]
    public void An_American_plate_has_seven_characters(int seed) =>
        Assert.Matches("^([A-Z]{3}[0-9]{4}|[6-9][A-Z]{3}[0-9]{3})$", Text(seed, PlateKind.UnitedStates));

    [Property]
    public void A_Brazilian_plate_has_a_letter_in_the_fifth_place_only_when_it_is_the_new_one(int seed)
    {
        Assert.Matches("^[A-Z]{3}[0-9]{4}$", Text(seed, PlateKind.BrazilGrey));
        Assert.Matches("^[A-Z]{3}[0-9][A-Z][0-9]{2}$", Text(seed, PlateKind.BrazilMercosul));
    }

    [Fact]
    public void The_same_seed_gives_the_same_numbers()
    {
        foreach (var kind in Enum.GetValues<PlateKind>())
            Assert.Equal(Text(7, kind), Text(7, kind));
    }

    [Fact]
    public void Every_kind_belongs_to_one_region() =>
        Assert.Equal(
            Enum.GetValues<PlateKind>(),
            new[] { "cn", "eu", "us", "br" }.SelectMany(PlateNumbers.AllKindsOf).Order());

    [Fact]
    public void An_unknown_region_is_named_with_those_that_are_known()
    {
        var error = Assert.Throws<ArgumentException>(() => PlateNumbers.KindsOf("mars"));

        Assert.StartsWith("A plate region is cn, eu, us or br, not 'mars'.", error.Message, StringComparison.Ordinal);
    }

    private static string Text(int seed, PlateKind kind) => PlateNumbers.Random(new Random(seed), kind).Text;
}

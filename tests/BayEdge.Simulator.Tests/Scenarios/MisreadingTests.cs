using BayEdge.Simulator.Scenarios;
using BayEdge.Simulator.Workshop;

namespace BayEdge.Simulator.Tests.Scenarios;

public sealed class MisreadingTests
{
    private static readonly Draws Draws = new(Chance.Of(1));

    [Fact]
    public void Nothing_is_misread_when_nothing_may_be() => Assert.Equal("沪AD12345", Misreading.Of("沪AD12345", 0, Draws));

    [Fact]
    public void A_misread_character_is_another_one() => Assert.All(
        "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼",
        character => Assert.NotEqual(character, Misreading.At(character.ToString(), 0, Draws)[0]));

    [Fact]
    public void Only_the_chosen_place_is_misread() => Assert.Equal("沪AD1234", Misreading.At("沪AD12345", 7, Draws)[..7]);
}

using BayEdge.Core.Identity;

namespace BayEdge.Core.Tests.Identity;

public sealed class PlateTextTests
{
    [Theory]
    [InlineData("沪A·D12345", "沪AD12345")]
    [InlineData(" 苏e 6f77g ", "苏E6F77G")]
    [InlineData("LS 15-EBC", "LS15EBC")]
    [InlineData("粤Z·1234港", "粤Z1234港")]
    public void Dots_spaces_and_case_do_not_matter(string written, string plate) => Assert.Equal(plate, PlateText.Normalize(written));
}

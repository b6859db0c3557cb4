using BayEdge.Simulator.Plates;
using BayEdge.TestKit;
using OpenCvSharp;

namespace BayEdge.Simulator.Tests.Plates;

public sealed class PlateRendererTests : IDisposable
{
    private readonly PlateRenderer _renderer = new();

    public void Dispose() => _renderer.Dispose();

    [Theory]
    [InlineData(PlateKind.ChinaBlue, 440, 140)]
    [InlineData(PlateKind.ChinaGreenSmall, 480, 140)]
    [InlineData(PlateKind.ChinaGreenLarge, 480, 140)]
    [InlineData(PlateKind.Europe, 520, 110)]
    [InlineData(PlateKind.UnitedStates, 305, 152)]
    [InlineData(PlateKind.BrazilGrey, 400, 130)]
    [InlineData(PlateKind.BrazilMercosul, 400, 130)]
    public void A_plate_has_the_size_of_its_kind(PlateKind kind, int width, int height)
    {
        var number = PlateNumbers.Random(new Random(1), kind);
        using var plain = _renderer.Render(number);
        using var large = _renderer.Render(number, pixelsPerMillimetre: 2);

        Assert.Equal(new Size(width, height), plain.Size());
        Assert.Equal(new Size(2 * width, 2 * height), large.Size());
        Assert.Equal(MatType.CV_8UC3, plain.Type());
    }

    [Fact]
    public void A_blue_plate_is_blue_and_its_characters_are_white()
    {
        using var plate = _renderer.Render(new PlateNumber(PlateKind.ChinaBlue, "沪A12345"));

        var (blue, green, red) = Colour(plate, 220, 12);
        Assert.True(blue > 2 * green && blue > 5 * red);
        AssertHasInk(plate, light: true);
    }

    [Fact]
    public void A_small_new_energy_plate_is_green_and_paler_at_the_top()
    {
        using var plate = _renderer.Render(new PlateNumber(PlateKind.ChinaGreenSmall, "沪AD12345"));

        var (blueTop, greenTop, redTop) = Colour(plate, 240, 12);
        var (blueFoot, greenFoot, redFoot) = Colour(plate, 240, 128);
        Assert.True(greenFoot > 1.3 * blueFoot && greenFoot > 1.5 * redFoot);
        Assert.True(blueTop + greenTop + redTop > 1.4 * (blueFoot + greenFoot + redFoot));
        AssertHasInk(plate, light: false);
    }

    [Fact]
    public void A_large_new_energy_plate_is_yellow_at_the_left_and_green_at_the_right()
    {
        using var plate = _renderer.Render(new PlateNumber(PlateKind.ChinaGreenLarge, "沪A12345D"));

        var (blueLeft, greenLeft, redLeft) = Colour(plate, 60, 15);
        var (blueRight, greenRight, redRight) = Colour(plate, 400, 15);
        Assert.True(redLeft > 2 * blueLeft && greenLeft > 2 * blueLeft);
        Assert.True(greenRight > 1.3 * blueRight && greenRight > 1.5 * redRight);
    }

    [Fact]
    public void A_European_plate_has_a_blue_strip_at_its_left()
    {
        using var plate = _renderer.Render(new PlateNumber(PlateKind.Europe, "B AB 1234", "D"));

        var (blue, _, red) = Colour(plate, 10, 60);
        var (blueField, _, redField) = Colour(plate, 300, 8);
        Assert.True(blue > 120 && red < 30);
        Assert.True(blueField > 220 && redField > 220);
    }

    [Fact]
    public void The_two_Brazilian_plates_differ_by_the_blue_band()
    {
        using var grey = _renderer.Render(new PlateNumber(PlateKind.BrazilGrey, "ABC-1234"));
        using var mercosul = _renderer.Render(new PlateNumber(PlateKind.BrazilMercosul, "ABC1D23"));

        var (blueGrey, _, redGrey) = Colour(grey, 60, 10);
        var (blueNew, _, redNew) = Colour(mercosul, 60, 10);
        Assert.InRange(blueGrey - redGrey, -10, 10);
        Assert.True(blueNew > 120 && redNew < 30);
    }

    [Fact]
    public void Each_character_is_drawn_in_its_own_place()
    {
        using var one = _renderer.Render(new PlateNumber(PlateKind.ChinaBlue, "沪A12345"));
        using var other = _renderer.Render(new PlateNumber(PlateKind.ChinaBlue, "沪A12348"));
        using var difference = new Mat();
        Cv2.Absdiff(one, other, difference);
        using var grey = difference.CvtColor(ColorConversionCodes.BGR2GRAY);

        // The seventh character of a blue plate stands 379.5 to 424.5 mm from the left.
        using var before = grey.ColRange(0, 378);
        using var last = grey.ColRange(378, 426);
        Assert.Equal(0, before.CountNonZero());
        Assert.True(last.CountNonZero() > 200);
    }

    [Fact]
    public void Every_province_has_a_sign_of_its_own()
    {
        var signs = new HashSet<string>();
        foreach (var province in "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼")
        {
            using var plate = _renderer.Render(new PlateNumber(PlateKind.ChinaBlue, $"{province}A12345"));
            using var sign = plate.SubMat(new Rect(14, 24, 48, 92));
            using var pixels = sign.Clone();
            pixels.GetArray(out Vec3b[] colours);
            signs.Add(string.Join(' ', colours.Select(colour => colour.Item2)));
        }

        Assert.Equal(31, signs.Count);
    }

    [Fact]
    public void A_missing_font_is_named_with_the_package_that_brings_it()
    {
        using var empty = new TemporaryFolder();
        using var renderer = new PlateRenderer(empty.Path);

        var error = Assert.Throws<FileNotFoundException>(() => renderer.Render(new PlateNumber(PlateKind.ChinaBlue, "沪A12345")));

        Assert.Equal(
            "Drawing a plate needs a font with Chinese characters; expected one of wqy-microhei.ttc, wqy-zenhei.ttc, " +
            $"NotoSansCJK-Regular.ttc below {empty.Path} and found none. Install it with: apt-get install fonts-wqy-microhei",
            error.Message);
    }

    private static (int Blue, int Green, int Red) Colour(Mat picture, int x, int y)
    {
        var colour = picture.At<Vec3b>(y, x);
        return (colour.Item0, colour.Item1, colour.Item2);
    }

    // Characters cover a good share of a plate's middle, and not most of it.
    private static void AssertHasInk(Mat plate, bool light)
    {
        using var grey = plate.CvtColor(ColorConversionCodes.BGR2GRAY);
        using var middle = grey.RowRange(25, 115);
        using var ink = new Mat();
        Cv2.Threshold(middle, ink, light ? 200 : 60, 255, light ? ThresholdTypes.Binary : ThresholdTypes.BinaryInv);
        Assert.InRange(ink.CountNonZero() / (double)(ink.Rows * ink.Cols), 0.15, 0.5);
    }
}

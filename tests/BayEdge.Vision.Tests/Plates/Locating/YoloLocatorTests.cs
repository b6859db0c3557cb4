using BayEdge.Core.Configuration;
using BayEdge.TestKit;
using BayEdge.Vision.Plates;
using BayEdge.Vision.Plates.Locating;
using BayEdge.Vision.Tests.Plates.Networks;
using OpenCvSharp;

namespace BayEdge.Vision.Tests.Plates.Locating;

public sealed class YoloLocatorTests : IDisposable
{
    // A picture of 200 x 100 stands in the middle of an input of 64 x 64: scaled by 0.32, with 16 above and below.
    private static readonly float[] PlateMiddle = [32, 32, 16, 8];
    private static readonly (float Left, float Top, float Right, float Bottom) Plate = (75, 37.5f, 125, 62.5f);

    private readonly TemporaryFolder _folder = new();

    private string Network => _folder.File("locator.onnx");

    [Fact]
    public void Of_version_8_the_likeliest_class_counts_and_boxes_of_one_plate_are_one()
    {
        // Three boxes, two classes; column by column. The second box lies on the first, the third is too uncertain.
        Write([1, 6, 8], [.. Columns(PlateMiddle, 0.2f, 0.9f), .. Columns([33, 32, 16, 8], 0.6f, 0.1f), .. Columns([10, 30, 9, 4], 0.3f, 0.1f)]);

        var found = Assert.Single(Locate(LocatorOutput.YoloV8));

        Assert.Equal(0.9, found.Score, 3);
        AssertIsPlate(found);
    }

    [Fact]
    public void Of_version_5_the_certainty_of_the_box_counts_too()
    {
        OnnxFile.Write(Network, [1, 3, 64, 64], [1, 2, 6], [.. PlateMiddle, 0.8f, 0.9f, 10, 30, 9, 4, 0.5f, 0.6f]);

        var found = Assert.Single(Locate(LocatorOutput.YoloV5));

        Assert.Equal(0.72, found.Score, 3);
        AssertIsPlate(found);
    }

    [Fact]
    public void Boxes_with_corners_are_taken_as_they_are()
    {
        OnnxFile.Write(Network, [1, 3, 64, 64], [1, 2, 6], [24, 28, 40, 36, 0.7f, 0, 0, 0, 0, 0, 0, 0]);

        AssertIsPlate(Assert.Single(Locate(LocatorOutput.Boxes)));
    }

    [Fact]
    public void Where_the_network_leaves_its_size_open_it_is_that_of_the_configuration()
    {
        OnnxFile.Write(Network, [-1, 3, -1, -1], [1, 1, 6], [24, 28, 40, 36, 0.7f, 0]);

        AssertIsPlate(Assert.Single(Locate(LocatorOutput.Boxes)));
    }

    [Theory]
    [InlineData(LocatorOutput.YoloV8, new long[] { 1, 3, 64, 64 }, new long[] { 1, 2, 6 }, "gives 1 x 2 x 6")]
    [InlineData(LocatorOutput.YoloV5, new long[] { 1, 3, 64, 64 }, new long[] { 1, 12 }, "1 x boxes x (5 + classes)")]
    [InlineData(LocatorOutput.Boxes, new long[] { 1, 3, 64, 64 }, new long[] { 1, 3, 4 }, "Set vision.locator.output")]
    [InlineData(LocatorOutput.Boxes, new long[] { 1, 64, 64, 3 }, new long[] { 1, 2, 6 }, "it takes 1 x 64 x 64 x 3 numbers")]
    [InlineData(LocatorOutput.Boxes, new long[] { 1, 3, 30000, 30000 }, new long[] { 1, 2, 6 }, "sides of at most 2048 pixels, but it takes 1 x 3 x 30000 x 30000")]
    [InlineData(LocatorOutput.Boxes, new long[] { 8, 3, 64, 64 }, new long[] { 1, 2, 6 }, "Export it again for single pictures")]
    public void A_network_that_does_not_fit_is_refused_when_it_is_loaded(LocatorOutput output, long[] takes, long[] gives, string says)
    {
        OnnxFile.Write(Network, takes, gives, new float[12]);

        Assert.Contains(says, Assert.Throws<PlateModelException>(() => Open(output)).Message.Replace("it gives", "gives", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_a_damaged_and_a_double_precision_network_are_told_apart()
    {
        Assert.Contains("no such file", Assert.Throws<PlateModelException>(() => Open(LocatorOutput.Boxes)).Message, StringComparison.Ordinal);

        File.WriteAllText(Network, "not a network");
        Assert.Contains("cannot be loaded", Assert.Throws<PlateModelException>(() => Open(LocatorOutput.Boxes)).Message, StringComparison.Ordinal);

        OnnxFile.Write(Network, [1, 3, 64, 64], [1, 2, 6], new float[12], OnnxFile.Double);
        Assert.Contains("single precision", Assert.Throws<PlateModelException>(() => Open(LocatorOutput.Boxes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_without_an_input_is_refused_when_it_is_loaded()
    {
        OnnxFile.Write(Network, null, [1, 2, 6], new float[12]);

        Assert.Contains("but it has none", Assert.Throws<PlateModelException>(() => Open(LocatorOutput.Boxes)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static void AssertIsPlate(TextLine found)
    {
        Assert.Equal((Plate.Left, Plate.Top), (found.Quad[0].X, found.Quad[0].Y));
        Assert.Equal((Plate.Right, Plate.Bottom), (found.Quad[2].X, found.Quad[2].Y));
    }

    // Eight boxes, so that there are more of them than columns; those not given are empty.
    private void Write(long[] shape, float[] boxes)
    {
        var values = new float[6 * 8];
        for (var box = 0; box < boxes.Length / 6; box++)
        {
            for (var column = 0; column < 6; column++)
                values[(8 * column) + box] = boxes[(6 * box) + column];
        }

        OnnxFile.Write(Network, [1, 3, 64, 64], shape, values);
    }

    private static float[] Columns(float[] middle, params float[] classes) => [.. middle, .. classes];

    private IReadOnlyList<TextLine> Locate(LocatorOutput output)
    {
        using var locator = Open(output);
        using var picture = new Mat(100, 200, MatType.CV_8UC3, Scalar.All(90));
        return locator.Locate(picture, longSide: 640);
    }

    private YoloLocator Open(LocatorOutput output) => YoloLocator.Open(new LocatorConfiguration(Network) { Output = output, InputSize = 64 }, threads: 1);
}

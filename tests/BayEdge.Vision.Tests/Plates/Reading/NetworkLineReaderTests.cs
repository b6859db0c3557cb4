using BayEdge.Core.Configuration;
using BayEdge.TestKit;
using BayEdge.Vision.Plates;
using BayEdge.Vision.Tests.Plates.Networks;
using OpenCvSharp;

namespace BayEdge.Vision.Tests.Plates.Reading;

/// <summary>Networks of the user's own, through the whole reader: templates and all.</summary>
public sealed class NetworkLineReaderTests : IDisposable
{
    private const string Characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private readonly TemporaryFolder _folder = new();

    private string Network => _folder.File("reader.onnx");

    [Theory]
    [InlineData(new long[] { 1, 3, 48, 168 })]
    [InlineData(new long[] { 1, 48, 168, 3 })]
    [InlineData(new long[] { -1, 64, 128, 1 })]
    [InlineData(new long[] { 1, 3, 48, -1 })]
    public void Slots_are_read_whatever_layout_the_input_has(long[] input)
    {
        OnnxFile.Write(Network, input, [1, 9, 37], Slots("BB22334", slots: 9));

        Assert.Equal("BB22334", Read(ReaderHead.Slots, BlankColumn.Last));
    }

    [Fact]
    public void A_network_that_takes_bytes_and_gives_all_in_one_row_is_read()
    {
        OnnxFile.Write(Network, [1, 64, 128, 3], [1, 9 * 37], Slots("ABC1234", slots: 9), OnnxFile.Bytes);

        Assert.Equal("ABC1234", Read(ReaderHead.Slots, BlankColumn.Last));
    }

    [Fact]
    public void Steps_of_a_ctc_head_are_read_though_they_are_no_probabilities_yet_and_stand_column_by_column()
    {
        // nothing, A, A (the same one), nothing, A (another), B, B again after nothing, then digits
        var steps = " AA AB B12".Select(character => character == ' ' ? 0 : Characters.IndexOf(character, StringComparison.Ordinal) + 1).ToArray();
        var values = new float[37 * steps.Length];
        for (var step = 0; step < steps.Length; step++)
            values[(steps[step] * steps.Length) + step] = 20;
        OnnxFile.Write(Network, [1, 3, 48, 168], [1, 37, steps.Length], values);

        Assert.Equal("AABB12", Read(ReaderHead.Ctc, BlankColumn.First));
    }

    [Theory]
    [InlineData(new long[] { 1, 3, 48, 168 }, new long[] { 1, 9, 36 }, "36 characters and nothing, but it gives 1 x 9 x 36")]
    [InlineData(new long[] { 1, 5, 48, 168 }, new long[] { 1, 9, 37 }, "it takes 1 x 5 x 48 x 168 numbers")]
    [InlineData(new long[] { 1, 3, 48, 3000 }, new long[] { 1, 9, 37 }, "sides of at most 2048 pixels")]
    [InlineData(new long[] { 4, 3, 48, 168 }, new long[] { 1, 9, 37 }, "Export it again for single pictures")]
    public void A_network_that_does_not_fit_is_refused_when_it_is_loaded(long[] takes, long[] gives, string says)
    {
        OnnxFile.Write(Network, takes, gives, new float[gives.Aggregate(1L, (all, size) => all * size)]);

        Assert.Contains(says, Assert.Throws<PlateModelException>(() => Read(ReaderHead.Slots, BlankColumn.Last)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_locator_of_the_users_own_the_plate_is_where_that_says()
    {
        var locator = _folder.File("locator.onnx");
        OnnxFile.Write(locator, [1, 3, 64, 64], [1, 1, 6], [24, 28, 40, 36, 0.7f, 0]);
        OnnxFile.Write(Network, [1, 3, 48, 168], [1, 9, 37], Slots("ABC1234", slots: 9));
        using var reader = Open(new VisionConfiguration { Locator = new LocatorConfiguration(locator) { Output = LocatorOutput.Boxes }, Reader = Slots() });
        using var picture = new Mat(400, 800, MatType.CV_8UC3, Scalar.All(90));

        var plate = Assert.Single(reader.Read(picture, new PlateSearch(PlateRegion.Us) { Area = new Rect(400, 0, 400, 400) }, CancellationToken.None));

        Assert.Equal("ABC1234", plate.Text);
        Assert.Equal((400 + 150, 175), (plate.Quad[0].X, plate.Quad[0].Y));
    }

    public void Dispose() => _folder.Dispose();

    private static float[] Slots(string text, int slots)
    {
        var values = new float[37 * slots];
        for (var slot = 0; slot < slots; slot++)
            values[(37 * slot) + (slot < text.Length ? Characters.IndexOf(text[slot], StringComparison.Ordinal) : 36)] = 1;
        return values;
    }

    private PlateNetworkConfiguration Slots() => new(Network, Characters) { Head = ReaderHead.Slots, Blank = BlankColumn.Last };

    private static PlateReader Open(VisionConfiguration networks) => PlateReader.Open(new PlateReaderOptions { Networks = networks }, TimeProvider.System);

    private string Read(ReaderHead head, BlankColumn blank)
    {
        using var reader = Open(new VisionConfiguration { Reader = Slots() with { Head = head, Blank = blank } });
        using var crop = new Mat(60, 120, MatType.CV_8UC3, Scalar.All(90));
        return Assert.Single(reader.FindInCrop(crop, PlateRegion.Us, CancellationToken.None).Readings).Text;
    }
}

using BayEdge.Vision.Cameras;
using OpenCvSharp;

namespace BayEdge.Vision.Tests.Cameras;

public sealed class JpegSizeTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_head_of_a_picture_tells_its_pixels(int progressive)
    {
        using var picture = CameraBench.Picture(width: 321, height: 199);

        Assert.Equal(321 * 199, JpegSize.PixelsOf(picture.ImEncode(".jpg", new ImageEncodingParam(ImwriteFlags.JpegProgressive, progressive))));
    }

    [Fact]
    public void What_is_no_whole_head_of_a_picture_has_no_pixels()
    {
        using var picture = CameraBench.Picture();
        var jpeg = picture.ImEncode(".jpg");

        Assert.All(Enumerable.Range(0, 100), length => Assert.Null(JpegSize.PixelsOf(jpeg.AsSpan(0, length))));
        Assert.Null(JpegSize.PixelsOf(picture.ImEncode(".png")));
        Assert.Null(JpegSize.PixelsOf([0xFF, 0xD8, 0xFF, 0xE0, 0xFF, 0xFF, 0, 0]));
    }
}

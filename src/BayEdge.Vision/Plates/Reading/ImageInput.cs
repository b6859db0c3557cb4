using BayEdge.Core.Configuration;
using BayEdge.Vision.Plates.Networks;
using OpenCvSharp;

namespace BayEdge.Vision.Plates.Reading;

/// <summary>Lays a picture out as a network of the user's own takes it.</summary>
internal sealed class ImageInput
{
    // Of networks that leave their size open: what most are trained with.
    private const int UsualHeight = 48;
    private const int UsualWidth = 168;

    private readonly float[] _values;
    private readonly bool _channelsLast;
    private readonly int _channels;
    private readonly bool _isRgb;
    private readonly float _scale;
    private readonly float _offset;

    private ImageInput(PlateNetworkConfiguration configuration, bool takesBytes, bool channelsLast, int channels, Size size)
    {
        (_channelsLast, _channels, Size) = (channelsLast, channels, size);
        _isRgb = configuration.Colours == ChannelOrder.Rgb;
        (_scale, _offset) = takesBytes ? (1f, 0f) : configuration.Range switch
        {
            ValueRange.Unit => (1 / 255f, 0f),
            ValueRange.Signed => (1 / 127.5f, -1f),
            _ => (1f, 0f),
        };
        _values = new float[channels * size.Width * size.Height];
        Shape = channelsLast ? [1, size.Height, size.Width, channels] : [1, channels, size.Height, size.Width];
    }

    public Size Size { get; }

    public long[] Shape { get; }

    /// <exception cref="PlateModelException">It takes no single picture of one or three channels.</exception>
    public static ImageInput Of(OnnxNetwork network, PlateNetworkConfiguration configuration)
    {
        var (channelsLast, channels, height, width) = network.InputShape switch
        {
            [<= 1, 1 or 3, var rows, var columns] => (false, (int)network.InputShape[1], rows, columns),
            [<= 1, var rows, var columns, 1 or 3] => (true, (int)network.InputShape[3], rows, columns),
            _ => throw new PlateModelException(
                $"Expected the reader {configuration.File} to take one picture of 1 or 3 channels, first or last, but it takes {network.InputInWords}. "
                + $"Export it again for single pictures."),
        };
        return new ImageInput(
            configuration, network.TakesBytes, channelsLast, channels, new Size(network.SideOf(width, UsualWidth), network.SideOf(height, UsualHeight)));
    }

    /// <param name="line">BGR, of <see cref="Size"/>.</param>
    public unsafe float[] Of(Mat line)
    {
        using var grey = _channels == 1 ? line.CvtColor(ColorConversionCodes.BGR2GRAY) : null;
        var picture = grey ?? line;
        var plane = Size.Width * Size.Height;
        for (var y = 0; y < Size.Height; y++)
        {
            var row = (byte*)picture.Ptr(y);
            for (var x = 0; x < Size.Width; x++)
            {
                for (var channel = 0; channel < _channels; channel++)
                {
                    var level = row[(_channels * x) + (_isRgb ? _channels - 1 - channel : channel)];
                    var pixel = (y * Size.Width) + x;
                    _values[_channelsLast ? (pixel * _channels) + channel : (channel * plane) + pixel] = (level * _scale) + _offset;
                }
            }
        }

        return _values;
    }
}

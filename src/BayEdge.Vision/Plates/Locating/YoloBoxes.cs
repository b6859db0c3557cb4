using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;
using OpenCvSharp;

namespace BayEdge.Vision.Plates.Locating;

/// <summary>Reads the boxes out of a YOLO network's output.</summary>
/// <param name="least">Certainty, 0 to 1, from which on a box counts.</param>
internal sealed class YoloBoxes(LocatorOutput output, double least)
{
    private const int Middle = 4;

    /// <exception cref="PlateModelException">The output is laid out otherwise.</exception>
    public void Require(long[] shape, string file)
    {
        var (layout, fits) = output switch
        {
            LocatorOutput.YoloV8 => (Wording.Of("1 x (4 + classes) x boxes"), shape is [1, > Middle, > 0] && shape[1] < shape[2]),
            LocatorOutput.YoloV5 => (Wording.Of("1 x boxes x (5 + classes)"), shape is [1, > 0, > Middle + 1]),
            _ => (Wording.Of("1 x boxes x 6"), shape is [1, > 0, 6]),
        };
        if (!fits)
        {
            throw new PlateModelException(
                $"Expected the locator {file} to give {layout} numbers (output {output.ToString().ToLowerInvariant()}), but it gives {string.Join(" x ", shape)}. "
                + $"Set vision.locator.output to the network's kind: yolov8, yolov5 or boxes.");
        }
    }

    /// <returns>In pixels of the network's input.</returns>
    public IEnumerable<(Rect2d Box, double Score)> Read(float[] values, long[] shape) => output switch
    {
        LocatorOutput.YoloV8 => Rows((int)shape[2], (box, column) => values[(column * shape[2]) + box], (int)shape[1], hasObjectness: false),
        LocatorOutput.YoloV5 => Rows((int)shape[1], (box, column) => values[(box * shape[2]) + column], (int)shape[2], hasObjectness: true),
        _ => Corners(values, (int)shape[1]),
    };

    private IEnumerable<(Rect2d Box, double Score)> Rows(int boxes, Func<int, int, double> value, int columns, bool hasObjectness)
    {
        var firstClass = hasObjectness ? Middle + 1 : Middle;
        for (var box = 0; box < boxes; box++)
        {
            var score = 0.0;
            for (var column = firstClass; column < columns; column++)
                score = Math.Max(score, value(box, column));
            if (hasObjectness)
                score *= value(box, Middle);
            var (width, height) = (value(box, 2), value(box, 3));
            if (score >= least && width > 0 && height > 0)
                yield return (new Rect2d(value(box, 0) - (width / 2), value(box, 1) - (height / 2), width, height), score);
        }
    }

    private IEnumerable<(Rect2d Box, double Score)> Corners(float[] values, int boxes)
    {
        for (var box = 0; box < boxes; box++)
        {
            var at = 6 * box;
            var (width, height) = (values[at + 2] - values[at], values[at + 3] - values[at + 1]);
            if (values[at + 4] >= least && width > 0 && height > 0)
                yield return (new Rect2d(values[at], values[at + 1], width, height), values[at + 4]);
        }
    }
}

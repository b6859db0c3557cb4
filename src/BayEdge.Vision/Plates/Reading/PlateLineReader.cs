using System.Collections.Immutable;
using BayEdge.Vision.Plates.Decoding;
using BayEdge.Vision.Plates.Networks;
using OpenCvSharp;

namespace BayEdge.Vision.Plates.Reading;

/// <summary>Reads one straightened line of characters with PP-OCR's recogniser.</summary>
internal sealed class PlateLineReader : ILineReader
{
    /// <summary>What the network was made for, in pixels.</summary>
    public const int Height = 48;
    private const int Width = 320;

    private readonly float[] _input = new float[3 * Height * Width];
    private readonly OnnxNetwork _network;
    private readonly CharacterTable _characters;

    private PlateLineReader(OnnxNetwork network, CharacterTable characters)
    {
        _network = network;
        _characters = characters;
    }

    /// <param name="symbols">The characters that some plate may show.</param>
    public static PlateLineReader Open(WeightFiles files, int threads, string symbols)
    {
        WeightFiles.RequireFile(files.Characters);
        // Column 0 is blank, and a space follows the last key.
        var characters = new CharacterTable([null, .. File.ReadAllLines(files.Characters), " "], symbols);
        return new PlateLineReader(OnnxNetwork.Open(files.TextReader, threads), characters);
    }

    /// <param name="aspect">Width to height of the line as it is on the plate.</param>
    public LineScores Read(Mat picture, ImmutableArray<Point2f> quad, double aspect)
    {
        var size = new Size(Math.Clamp((int)Math.Round(Height * aspect), Height / 2, Width), Height);
        using var line = PlateGeometry.Rectified(picture, quad, size);
        var (values, shape) = _network.Run(Input(line), [1, 3, Height, Width]);
        if (shape is not [1, _, var columns] || columns != _characters.Columns)
        {
            throw new PlateModelException(
                $"The reading network gives {string.Join(" x ", shape)} values where 1 x steps x {_characters.Columns} were expected; it does not belong to its list of characters. Install BayEdge again.");
        }

        return _characters.Fold(values, (int)shape[1]);
    }

    /// <summary>Scales to -1..1 by plane; what lies right of the line is 0, as in the network's training.</summary>
    private unsafe float[] Input(Mat line)
    {
        var values = _input;
        Array.Clear(values);
        var width = line.Width;
        for (var y = 0; y < Height; y++)
        {
            var row = (byte*)line.Ptr(y);
            for (var x = 0; x < width; x++)
            {
                for (var channel = 0; channel < 3; channel++)
                    values[((channel * Height) + y) * Width + x] = (row[(3 * x) + channel] / 127.5f) - 1;
            }
        }

        return values;
    }

    public void Dispose() => _network.Dispose();
}

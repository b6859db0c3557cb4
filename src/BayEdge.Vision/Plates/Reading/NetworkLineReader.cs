using System.Collections.Immutable;
using BayEdge.Core.Configuration;
using BayEdge.Vision.Plates.Decoding;
using BayEdge.Vision.Plates.Networks;
using OpenCvSharp;

namespace BayEdge.Vision.Plates.Reading;

/// <summary>Reads plates with a network of the user's own: steps of a CTC head, or one step a place of the plate.</summary>
internal sealed class NetworkLineReader : ILineReader
{
    private readonly OnnxNetwork _network;
    private readonly PlateNetworkConfiguration _configuration;
    private readonly CharacterTable _characters;
    private readonly ImageInput _input;

    private NetworkLineReader(OnnxNetwork network, PlateNetworkConfiguration configuration, ImageInput input, string symbols)
    {
        (_network, _configuration, _input) = (network, configuration, input);
        var characters = configuration.Characters.Select(character => (string?)character.ToString());
        _characters = new CharacterTable([.. configuration.Blank == BlankColumn.First ? characters.Prepend(null) : characters.Append(null)], symbols);
    }

    /// <summary>Loads the network and runs it once, so that one that does not fit is known before a vehicle comes.</summary>
    /// <param name="symbols">The characters that some plate may show.</param>
    /// <exception cref="PlateModelException">The file is missing, no ONNX network, or one with another input or output.</exception>
    public static NetworkLineReader Open(PlateNetworkConfiguration configuration, int threads, string symbols)
    {
        var network = OnnxNetwork.OpenOfUser(configuration.File, threads);
        try
        {
            var reader = new NetworkLineReader(network, configuration, ImageInput.Of(network, configuration), symbols);
            using var nothing = new Mat(48, 160, MatType.CV_8UC3, Scalar.All(128));
            reader.Read(nothing, PlateGeometry.Whole(nothing), 160.0 / 48);
            return reader;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>The line is stretched to the network's own size, as such networks are trained.</summary>
    public LineScores Read(Mat picture, ImmutableArray<Point2f> quad, double aspect)
    {
        using var line = PlateGeometry.Rectified(picture, quad, _input.Size);
        var (values, shape) = _network.Run(_input.Of(line), _input.Shape);
        var (rows, isTurned) = RowsOf(shape);
        var probabilities = LineProbabilities.Of(values, rows, _characters.Columns, isTurned);
        var scores = _characters.Fold(probabilities, rows);
        return _configuration.Head == ReaderHead.Slots ? scores.WithBlanksBetween() : scores;
    }

    public void Dispose() => _network.Dispose();

    /// <summary>Steps by columns, whatever dimensions of 1 stand around them.</summary>
    private (int Rows, bool IsTurned) RowsOf(long[] shape)
    {
        var columns = _characters.Columns;
        var sizes = shape.Where(size => size != 1).ToArray();
        if (sizes is [var rows, var last] && last == columns)
            return ((int)rows, false);
        if (sizes is [var first, var steps] && first == columns)
            return ((int)steps, true);
        if (sizes is [var all] && all % columns == 0)
            return ((int)(all / columns), false);
        throw new PlateModelException(
            $"Expected the reader {_configuration.File} to give steps x {columns} numbers, for {_configuration.Characters.Length} characters and nothing, "
            + $"but it gives {string.Join(" x ", shape)}. Write into vision.reader.characters what its columns stand for, in their order, each once.");
    }
}

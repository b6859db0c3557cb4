using BayEdge.Core.Bays;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace BayEdge.Vision.Plates.Networks;

/// <summary>A network with one input and one output, run by ONNX Runtime on the processor.</summary>
internal sealed class OnnxNetwork : IDisposable
{
    private const int LongestSide = 2048;

    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly string _path;
    private readonly Wording _remedy;
    private readonly string[] _inputs;
    private readonly string[] _outputs;

    // A megabyte a line, too large to be left to the collector.
    private float[] _answer = [];

    private OnnxNetwork(InferenceSession session, string path, Wording remedy)
    {
        (_session, _path, _remedy) = (session, path, remedy);
        _inputs = [session.InputNames[0]];
        _outputs = [session.OutputNames[0]];
        var input = session.InputMetadata[_inputs[0]];
        InputShape = [.. input.Dimensions.Select(size => (long)size)];
        TakesBytes = input.ElementDataType == TensorElementType.UInt8;
    }

    /// <summary>Pictures, channels, height, width in any order; -1 where the network leaves one open.</summary>
    public long[] InputShape { get; }

    /// <summary>Whether it takes levels of 0 to 255 as bytes.</summary>
    public bool TakesBytes { get; }

    public Wording InputInWords
    {
        get
        {
            var sizes = string.Join(" x ", InputShape.Select(size => size < 0 ? "?" : $"{size}"));
            return TakesBytes ? Wording.Of($"{sizes} bytes") : $"{sizes} numbers";
        }
    }

    /// <param name="threads">How many threads one run may use.</param>
    /// <exception cref="PlateModelException">The file is missing or no network that ONNX Runtime can run.</exception>
    public static OnnxNetwork Open(string path, int threads)
    {
        WeightFiles.RequireFile(path);
        return Load(path, threads, "Install BayEdge again.");
    }

    /// <summary>As <see cref="Open"/>, of a network that the configuration names.</summary>
    public static OnnxNetwork OpenOfUser(string path, int threads)
    {
        if (!File.Exists(path))
            throw new PlateModelException($"Expected an ONNX network at {path}, as the configuration names it under vision, but there is no such file. Copy it there, or correct the path.");
        return Load(path, threads, "Check the network with the tool that exported it.");
    }

    /// <summary>Width or height of the input in pixels, of which there must be memory for.</summary>
    /// <param name="size">As <see cref="InputShape"/> says.</param>
    /// <param name="whereOpen">What it is where the network leaves it open.</param>
    /// <exception cref="PlateModelException">It is too long.</exception>
    public int SideOf(long size, int whereOpen)
    {
        if (size > LongestSide)
            throw new PlateModelException($"Expected the network {_path} to take pictures with sides of at most {LongestSide} pixels, but it takes {InputInWords}. Export it again for smaller pictures.");
        return size > 0 ? (int)size : whereOpen;
    }

    /// <param name="shape">Of the input: pictures, channels, height, width, in the network's order.</param>
    /// <returns>The output, good until the next run and perhaps longer than its shape says, and its shape.</returns>
    /// <exception cref="PlateModelException">The network refused the input or failed.</exception>
    public (float[] Values, long[] Shape) Run(Memory<float> values, long[] shape)
    {
        try
        {
            using var input = TakesBytes
                ? OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(values.ToArray(), value => (byte)value), shape)
                : OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values, shape);
            using var outputs = _session.Run(_runOptions, _inputs, [input], _outputs);
            var answer = outputs[0].GetTensorDataAsSpan<float>();
            if (_answer.Length < answer.Length)
                _answer = new float[answer.Length];
            answer.CopyTo(_answer);
            return (_answer, outputs[0].GetTensorTypeAndShape().Shape);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new PlateModelException($"The network {_path} failed on an input of {string.Join(" x ", shape)}. {_remedy} ({exception.Message})", exception);
        }
    }

    public void Dispose()
    {
        _session.Dispose();
        _runOptions.Dispose();
    }

    private static OnnxNetwork Load(string path, int threads, Wording remedy)
    {
        try
        {
            using var options = new SessionOptions
            {
                IntraOpNumThreads = threads,
                InterOpNumThreads = 1,

                // A plan of its memory is kept for each size of picture, and all that it takes with it.
                EnableMemoryPattern = false,
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            };
            var session = new InferenceSession(path, options);
            try
            {
                RequireOneInput(session, path);
                return new OnnxNetwork(session, path, remedy);
            }
            catch
            {
                session.Dispose();
                throw;
            }
        }
        catch (OnnxRuntimeException exception)
        {
            throw new PlateModelException(
                $"The network {path} cannot be loaded; it is damaged or of a kind that this version does not know. {remedy} ({exception.Message})", exception);
        }
    }

    private static void RequireOneInput(InferenceSession session, string path)
    {
        if (session.InputMetadata.Count == 1 && session.InputMetadata.Values.First() is { IsTensor: true, ElementDataType: TensorElementType.Float or TensorElementType.UInt8 })
            return;
        if (session.InputMetadata.Count == 0)
            throw new PlateModelException($"Expected the network {path} to have one input, of numbers (float) or bytes, but it has none. Export it again.");
        var inputs = string.Join(", ", session.InputMetadata.Select(input => $"{input.Key} ({(input.Value.IsTensor ? $"{input.Value.ElementDataType}" : $"{input.Value.OnnxValueType}")})"));
        throw new PlateModelException($"Expected the network {path} to have one input, of numbers (float) or bytes, but it has {inputs}. Export it again in single precision.");
    }
}

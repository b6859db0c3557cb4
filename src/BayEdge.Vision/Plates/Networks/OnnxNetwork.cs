using Microsoft.ML.OnnxRuntime;

namespace BayEdge.Vision.Plates.Networks;

/// <summary>A network with one input and one output, run by ONNX Runtime on the processor.</summary>
internal sealed class OnnxNetwork : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly string _path;
    private readonly string[] _inputs;
    private readonly string[] _outputs;

    private OnnxNetwork(InferenceSession session, string path)
    {
        _session = session;
        _path = path;
        _inputs = [session.InputNames[0]];
        _outputs = [session.OutputNames[0]];
    }

    /// <param name="threads">How many threads one run may use.</param>
    /// <exception cref="PlateModelException">The file is missing or no network that ONNX Runtime can run.</exception>
    public static OnnxNetwork Open(string path, int threads)
    {
        WeightFiles.RequireFile(path);
        try
        {
            using var options = new SessionOptions
            {
                IntraOpNumThreads = threads,
                InterOpNumThreads = 1,
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            };
            return new OnnxNetwork(new InferenceSession(path, options), path);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new PlateModelException(
                $"The network {path} cannot be loaded; it is damaged or of a kind that this version does not know. Install BayEdge again. ({exception.Message})",
                exception);
        }
    }

    /// <param name="shape">Of the input: pictures, channels, height, width.</param>
    /// <returns>The output and its shape.</returns>
    /// <exception cref="PlateModelException">The network refused the input or failed.</exception>
    public (float[] Values, long[] Shape) Run(float[] values, long[] shape)
    {
        try
        {
            using var input = OrtValue.CreateTensorValueFromMemory(values, shape);
            using var outputs = _session.Run(_runOptions, _inputs, [input], _outputs);
            return (outputs[0].GetTensorDataAsSpan<float>().ToArray(), outputs[0].GetTensorTypeAndShape().Shape);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new PlateModelException(
                $"The network {_path} failed on an input of {string.Join(" x ", shape)}. Install BayEdge again if this stays so. ({exception.Message})",
                exception);
        }
    }

    public void Dispose()
    {
        _session.Dispose();
        _runOptions.Dispose();
    }
}

namespace BayEdge.Vision.Plates.Networks;

/// <summary>The files that the build lays into <c>weights/</c> beside the program.</summary>
internal sealed record WeightFiles(string Folder)
{
    public string TextLocator => Path.Combine(Folder, "ch_PP-OCRv4_det_infer.onnx");

    public string TextReader => Path.Combine(Folder, "ch_PP-OCRv4_rec_infer.onnx");

    public string Characters => Path.Combine(Folder, "ppocr_keys_v1.txt");

    public static string DefaultFolder => Path.Combine(AppContext.BaseDirectory, "weights");

    /// <exception cref="PlateModelException">The file is missing.</exception>
    public static void RequireFile(string path)
    {
        if (!File.Exists(path))
        {
            throw new PlateModelException(
                $"The network file {path} is missing. It comes with BayEdge: install BayEdge again, or build it again where npm can fetch its packages.");
        }
    }
}

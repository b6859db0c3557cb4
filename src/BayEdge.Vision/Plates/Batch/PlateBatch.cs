using BayEdge.Vision.Plates.Measuring;

namespace BayEdge.Vision.Plates.Batch;

/// <summary>Reads the plates of pictures, videos and folders, and scores folders that carry the truth in <c>labels.csv</c>.</summary>
public sealed class PlateBatch(PlateBatchOptions options, TimeProvider timeProvider, TextWriter output, TextWriter error)
{
    private readonly List<PlateScore> _scores = [];

    /// <summary>One for each folder with labels, after <see cref="Run"/>.</summary>
    internal IReadOnlyList<PlateScore> Scores => _scores;

    /// <summary>Reads everything that can be read; what cannot is named on the error writer.</summary>
    /// <returns>0; 1 when a path could not be read or the networks are missing.</returns>
    /// <exception cref="OperationCanceledException">Ended from outside.</exception>
    public int Run(CancellationToken cancellationToken)
    {
        try
        {
            var clock = new StageClock(timeProvider);
            using var reader = PlateReader.Open(options.Reader, clock);
            var pictures = new PictureReader(reader, options, clock);
            var complete = true;
            foreach (var path in options.Paths)
                complete &= Directory.Exists(path) ? ReadFolder(path, pictures, cancellationToken) : ReadFile(path, pictures, null, cancellationToken);
            return complete ? 0 : 1;
        }
        catch (PlateModelException exception)
        {
            error.WriteLine(exception.Message);
            return 1;
        }
    }

    private bool ReadFolder(string folder, PictureReader pictures, CancellationToken cancellationToken)
    {
        var files = Directory.EnumerateFiles(folder).Where(PictureReader.Knows).Order(StringComparer.Ordinal).ToArray();
        if (files.Length == 0)
        {
            error.WriteLine($"{folder} holds no picture or video ({PictureReader.Extensions}). Name a folder that does.");
            return false;
        }

        var score = Score(folder, files, out var complete);
        foreach (var file in files)
            complete &= ReadFile(file, pictures, score, cancellationToken);
        if (score is null)
            return complete;
        score.Write(options.Json ? error : output, folder);
        _scores.Add(score);
        return complete;
    }

    private PlateScore? Score(string folder, string[] files, out bool complete)
    {
        complete = true;
        var path = Path.Combine(folder, PlateLabels.FileName);
        if (!File.Exists(path))
            return null;
        try
        {
            var labels = PlateLabels.Load(path);
            foreach (var missing in labels.Files.Except(files.Select(file => Path.GetFileName(file))))
            {
                complete = false;
                error.WriteLine($"{path} names {missing}, which is not in the folder. Add the picture or remove its line.");
            }

            return new PlateScore(labels, options.Region, options.Crops);
        }
        catch (InvalidDataException exception)
        {
            complete = false;
            error.WriteLine(exception.Message);
            return null;
        }
    }

    private bool ReadFile(string path, PictureReader pictures, PlateScore? score, CancellationToken cancellationToken)
    {
        try
        {
            var result = pictures.Read(path, cancellationToken);
            output.WriteLine(options.Json ? result.ToJson() : result.ToText());
            score?.Add(result);
            return true;
        }
        catch (PictureUnreadableException exception)
        {
            score?.AddUnreadable(path);
            error.WriteLine(exception.Message);
            return false;
        }
    }
}

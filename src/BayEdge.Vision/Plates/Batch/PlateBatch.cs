using System.Globalization;
using BayEdge.Vision.Plates.Measuring;

namespace BayEdge.Vision.Plates.Batch;

/// <summary>Reads the plates of pictures, videos and folders, and scores folders that carry the truth in <c>labels.csv</c>.</summary>
public sealed class PlateBatch(PlateBatchOptions options, TimeProvider timeProvider, TextWriter output, TextWriter error)
{
    private readonly List<(string Folder, PlateScore Score)> _scores = [];

    /// <summary>One for each folder with labels, after <see cref="Run"/>.</summary>
    internal IReadOnlyList<PlateScore> Scores => [.. _scores.Select(scored => scored.Score)];

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
            if (_scores.Count > 0 && PeakMemory.Bytes() is { } bytes)
                (options.Json ? error : output).WriteLine(string.Create(CultureInfo.InvariantCulture, $"Peak memory {bytes / 1e6:F0} MB"));
            return complete & WriteReport() ? 0 : 1;
        }
        catch (PlateModelException exception)
        {
            error.WriteLine(exception.Message);
            return 1;
        }
    }

    private bool WriteReport()
    {
        if (options.Report is not { } path)
            return true;
        if (_scores.Count == 0)
        {
            error.WriteLine($"There is nothing to report: no folder with a {PlateLabels.FileName} was read. Name one that has it.");
            return false;
        }

        try
        {
            File.WriteAllText(path, PlateReport.Write(_scores, timeProvider.GetUtcNow(), PeakMemory.Bytes()));
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"The report {path} cannot be written: {exception.Message} Name another file.");
            return false;
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
        _scores.Add((folder, score));
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

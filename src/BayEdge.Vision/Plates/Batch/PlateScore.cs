using System.Globalization;
using BayEdge.Core.Configuration;
using BayEdge.Core.Identity;
using BayEdge.Vision.Plates.Measuring;
using OpenCvSharp;

namespace BayEdge.Vision.Plates.Batch;

/// <summary>Compares readings with labels. Outside China the letter O counts as zero and I as one.</summary>
internal sealed class PlateScore(PlateLabels labels, PlateRegion region, bool crops)
{
    private readonly List<PictureResult> _results = [];
    private int _withPlace;
    private int _located;
    private int _among;
    private int _first;
    private int _unreadable;
    private int _extra;
    private int _characters;
    private int _wrongCharacters;

    /// <summary>Labelled pictures, readable or not.</summary>
    public int Pictures => _results.Count + _unreadable;

    /// <summary>The share whose labelled plate is the first reading.</summary>
    public double FirstRate => Rate(_first, Pictures);

    /// <summary>The share whose labelled plate is among the readings, as a scene may show several.</summary>
    public double AmongRate => Rate(_among, Pictures);

    /// <summary>Readings a picture that are not its labelled plate: misreadings, other writing, and the unlabelled plates of a scene.</summary>
    public double ExtraReadings => Rate(_extra, _results.Count);

    /// <summary>The share whose labelled plate holds the middle of a reading.</summary>
    public double LocatedRate => Rate(_located, _withPlace);

    /// <summary>Edits that turn the nearest reading into the label, by the label's characters.</summary>
    public double CharacterErrorRate => Rate(_wrongCharacters, _characters);

    public void Add(PictureResult result)
    {
        if (labels.Find(result.File) is not { } label)
            return;
        _results.Add(result);
        var truth = Folded(label.Plate);
        var texts = result.Plates.Select(plate => Folded(plate.Text)).ToArray();
        _first += texts.FirstOrDefault() == truth ? 1 : 0;
        _among += texts.Contains(truth) ? 1 : 0;
        _extra += texts.Count(text => text != truth);
        _characters += truth.Length;
        _wrongCharacters += texts.Select(text => EditDistance.Between(text, truth)).Append(truth.Length).Min();
        if (label.Quad is not { } quad)
            return;
        _withPlace++;
        _located += result.Plates.Any(plate => Cv2.PointPolygonTest(quad, PlateGeometry.Centre(plate.Quad), measureDist: false) >= 0) ? 1 : 0;
    }

    public void AddUnreadable(string path) => _unreadable += labels.Find(path) is null ? 0 : 1;

    public void Write(TextWriter writer, string folder)
    {
        Say($"{folder}: {Pictures} labelled pictures");
        if (Pictures == 0)
            return;
        Say($"  exact            {Percent(crops ? FirstRate : AmongRate)}{(crops ? "" : $"  (first reading {Percent(FirstRate).Trim()})")}");
        Say($"  extra readings   {ExtraReadings,5:F2} a picture");
        if (_withPlace > 0)
            Say($"  located          {Percent(LocatedRate)}");
        Say($"  character error  {Percent(CharacterErrorRate)}");
        if (_results.Count > 0)
            Say($"  median ms        {Medians()}");

        void Say(FormattableString text) => writer.WriteLine(text.ToString(CultureInfo.InvariantCulture));
    }

    private string Folded(string plate) => region == PlateRegion.Cn ? plate : plate.Replace('O', '0').Replace('I', '1');

    private string Medians()
    {
        var stages = Enum.GetValues<Stage>()
            .Select(stage => $"{stage.ToString().ToLowerInvariant()} {Median(result => result.StageMilliseconds[(int)stage])}");
        return $"{string.Join(", ", stages)}, in all {Median(result => result.Milliseconds)}";
    }

    private string Median(Func<PictureResult, double> milliseconds) =>
        _results.Select(milliseconds).Order().ElementAt(_results.Count / 2).ToString("F1", CultureInfo.InvariantCulture);

    private static double Rate(int part, int whole) => whole == 0 ? 0 : (double)part / whole;

    private static string Percent(double rate) => string.Create(CultureInfo.InvariantCulture, $"{100 * rate,5:F1} %");
}

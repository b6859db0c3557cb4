using System.Collections.Immutable;
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
    private readonly List<PlateMiss> _misses = [];
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

    /// <summary>The share that counts: the first reading of a crop, any of a scene.</summary>
    public double ExactRate => crops ? FirstRate : AmongRate;

    /// <summary>Whether the labels tell where plates are, so that <see cref="LocatedRate"/> means something.</summary>
    public bool KnowsPlaces => _withPlace > 0;

    public ImmutableArray<PlateMiss> Misses => [.. _misses];

    /// <summary>Median milliseconds a picture; all 0 without any.</summary>
    public PlateSpeed Speed => _results.Count == 0 ? default : new PlateSpeed(
        Median(result => result.StageMilliseconds[(int)Stage.Locating]),
        Median(result => result.StageMilliseconds[(int)Stage.Reading]),
        Median(result => result.StageMilliseconds[(int)Stage.Loading] + result.StageMilliseconds[(int)Stage.Decoding]),
        Median(result => result.Milliseconds));

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
        if (!(crops ? texts.FirstOrDefault() == truth : texts.Contains(truth)))
            _misses.Add(new PlateMiss(result.File, label.Plate, result.Plates, label.Quad));
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
        Say($"  exact            {Percent(ExactRate)}{(crops ? "" : $"  (first reading {Percent(FirstRate).Trim()})")}");
        Say($"  extra readings   {ExtraReadings,5:F2} a picture");
        if (KnowsPlaces)
            Say($"  located          {Percent(LocatedRate)}");
        Say($"  character error  {Percent(CharacterErrorRate)}");
        var speed = Speed;
        if (_results.Count > 0)
            Say($"  median ms        locate {speed.Locate:F1}, read {speed.Read:F1}, other {speed.Other:F1}, in all {speed.All:F1}");
        foreach (var baseline in Baselines.Of(folder))
            Say($"  others           {baseline.Rate,8}  {baseline.System} ({baseline.Conditions})");

        void Say(FormattableString text) => writer.WriteLine(text.ToString(CultureInfo.InvariantCulture));
    }

    private string Folded(string plate) => region == PlateRegion.Cn ? plate : plate.Replace('O', '0').Replace('I', '1');

    private double Median(Func<PictureResult, double> milliseconds) => _results.Select(milliseconds).Order().ElementAt(_results.Count / 2);

    private static double Rate(int part, int whole) => whole == 0 ? 0 : (double)part / whole;

    private static string Percent(double rate) => string.Create(CultureInfo.InvariantCulture, $"{100 * rate,5:F1} %");
}

/// <summary>Milliseconds.</summary>
/// <param name="Other">Loading the picture, and decoding along the templates.</param>
internal readonly record struct PlateSpeed(double Locate, double Read, double Other, double All);

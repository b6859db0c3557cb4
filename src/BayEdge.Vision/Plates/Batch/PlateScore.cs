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
    private readonly List<double> _cornerErrors = [];
    private int _plates;
    private int _withPlace;
    private int _located;
    private int _among;
    private int _first;
    private int _extra;
    private int _characters;
    private int _wrongCharacters;

    /// <summary>Labelled plates, of pictures that can be read and that cannot.</summary>
    public int Plates => _plates;

    /// <summary>The share that is the first reading, or one of the first where a picture shows several.</summary>
    public double FirstRate => Rate(_first, Plates);

    /// <summary>The share that is among the readings, as a scene may show more than its labels name.</summary>
    public double AmongRate => Rate(_among, Plates);

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

    /// <summary>
    /// The share of labelled places that hold the middle of a place where a plate was looked for, whatever was read there: a miss that is
    /// located was misread, one that is not was overlooked.
    /// </summary>
    public double LocatedRate => Rate(_located, _withPlace);

    /// <summary>
    /// How far the corners of what was read right are from the labelled ones on average, as a share of the plate's width; null where no
    /// label tells corners. A reading's are those of the number, which the labels' enclose with the plate's rim.
    /// </summary>
    public double? CornerError => _cornerErrors.Count == 0 ? null : _cornerErrors.Average();

    /// <summary>Edits that turn the nearest reading into the label, by the label's characters.</summary>
    public double CharacterErrorRate => Rate(_wrongCharacters, _characters);

    public void Add(PictureResult result)
    {
        var truths = labels.Of(result.File);
        if (truths.IsEmpty)
            return;
        _results.Add(result);
        var texts = result.Plates.Select(plate => Folded(plate.Text)).ToArray();
        _extra += texts.Count(text => !truths.Any(label => Folded(label.Plate) == text));
        foreach (var label in truths)
            Add(label, texts, first: texts.Take(truths.Length), result);
    }

    public void AddUnreadable(string path)
    {
        foreach (var label in labels.Of(path))
        {
            _plates++;
            _misses.Add(new PlateMiss(path, label.Plate, Read: null, label.Quad));
        }
    }

    public void Write(TextWriter writer, string folder)
    {
        Say($"{folder}: {Plates} labelled plates");
        if (Plates == 0)
            return;
        Say($"  exact            {Percent(ExactRate)}{(crops ? "" : $"  (first reading {Percent(FirstRate).Trim()})")}");
        Say($"  extra readings   {ExtraReadings,5:F2} a picture");
        if (KnowsPlaces)
            Say($"  located          {Percent(LocatedRate)}  (a place was looked at whose middle lies in the labelled one)");
        if (CornerError is { } error)
            Say($"  corners          {Percent(error)} of a plate's width from the labelled ones on average ({_cornerErrors.Count} read right; the number's corners, the labels' are the plate's)");
        Say($"  character error  {Percent(CharacterErrorRate)}");
        var speed = Speed;
        if (_results.Count > 0)
            Say($"  median ms        locate {speed.Locate:F1}, read {speed.Read:F1}, other {speed.Other:F1}, in all {speed.All:F1}");
        foreach (var baseline in Baselines.Of(folder))
            Say($"  others           {baseline.Rate,8}  {baseline.System} ({baseline.Conditions})");

        void Say(FormattableString text) => writer.WriteLine(text.ToString(CultureInfo.InvariantCulture));
    }

    private void Add(PlateLabel label, string[] texts, IEnumerable<string> first, PictureResult result)
    {
        var truth = Folded(label.Plate);
        var (isFirst, isAmong) = (first.Contains(truth), texts.Contains(truth));
        _plates++;
        _first += isFirst ? 1 : 0;
        _among += isAmong ? 1 : 0;
        _characters += truth.Length;
        _wrongCharacters += texts.Select(text => EditDistance.Between(text, truth)).Append(truth.Length).Min();
        if (!(crops ? isFirst : isAmong))
            _misses.Add(new PlateMiss(result.File, label.Plate, result.Plates, label.Quad));
        if (label.Quad is not { } quad)
            return;
        _withPlace++;
        if (label.HasCorners && result.Plates.FirstOrDefault(plate => Folded(plate.Text) == truth) is { } right)
            _cornerErrors.Add(right.Quad.Zip(quad, (read, labelled) => read.DistanceTo(labelled)).Average() / PlateGeometry.Width(quad));
        _located += result.Located.Any(place => Cv2.PointPolygonTest(quad, PlateGeometry.Centre(place), measureDist: false) >= 0) ? 1 : 0;
    }

    private string Folded(string plate) => PlateText.Folded(plate, region);

    private double Median(Func<PictureResult, double> milliseconds) => _results.Select(milliseconds).Order().ElementAt(_results.Count / 2);

    private static double Rate(int part, int whole) => whole == 0 ? 0 : (double)part / whole;

    private static string Percent(double rate) => string.Create(CultureInfo.InvariantCulture, $"{100 * rate,5:F1} %");
}

/// <summary>Milliseconds.</summary>
/// <param name="Other">Loading the picture, and decoding along the templates.</param>
internal readonly record struct PlateSpeed(double Locate, double Read, double Other, double All);

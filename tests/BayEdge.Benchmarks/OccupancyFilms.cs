using System.Diagnostics;
using System.Globalization;
using BayEdge.Simulator.Cameras;
using BayEdge.Simulator.Plates;
using BayEdge.Vision.Occupancy;
using OpenCvSharp;

namespace BayEdge.Benchmarks;

/// <summary>How well the occupancy of a bay is told from rendered films of it, from the first picture on.</summary>
internal static class OccupancyFilms
{
    // A plate is read every three seconds, and sure at the third reading.
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(3);

    public const string Usage = "occupancy [--films N] [--visits N]";

    public static int Run(ReadOnlySpan<string> arguments, TextWriter output)
    {
        var (films, visits) = (4, 10);
        for (var i = 0; i + 1 < arguments.Length; i += 2)
        {
            var value = int.Parse(arguments[i + 1], CultureInfo.InvariantCulture);
            (films, visits) = arguments[i] == "--films" ? (value, visits) : (films, value);
        }

        var sum = new Tally();
        for (var film = 1; film <= films; film++)
        {
            var tally = Watch(new BayFilmOptions { Seed = film, Visits = visits });
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"film {film}: {tally}"));
            sum.Add(tally);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"all    : {sum}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sum.MillisecondsOfLooks / sum.Pictures:F2} ms a picture of 1280x720"));
        return 0;
    }

    private static Tally Watch(BayFilmOptions options)
    {
        using var plates = new PlateRenderer();
        using var renderer = new SceneRenderer(plates, options.Seed);
        var watch = new OccupancyWatch(new ZoneMemory(), [.. Enumerable.Repeat(true, ZoneAppearance.Cells)], new OccupancyOptions());
        var tally = new Tally();
        var pictures = new BayFilm(options).Play();
        var (start, nextReading, readings) = (pictures[0].Scene.At, TimeSpan.Zero, 0);
        foreach (var shot in pictures)
        {
            using var picture = renderer.Render(shot.Scene);
            var at = shot.Scene.At - start;
            readings = shot.PlateIsOpen ? readings : 0;
            var reads = shot.PlateIsOpen && at >= nextReading;
            if (reads)
                (nextReading, readings) = (readings < 3 ? at : at + ReadEvery, readings + 1);

            var began = Stopwatch.GetTimestamp();
            var said = watch.Look(ZoneAppearance.Of(picture, new Rect(26, 14, 1228, 692)), at, reads && readings >= 3);
            tally.MillisecondsOfLooks += Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            tally.Count(shot, at, said);
        }

        return tally;
    }

    private sealed class Tally
    {
        // A change may be told this late without being wrong meanwhile.
        private static readonly TimeSpan Grace = TimeSpan.FromSeconds(8);

        private readonly List<double> _delays = [];
        private (bool Occupied, TimeSpan Since, bool Told) _truth;
        private (bool Occupied, TimeSpan At)? _last;
        private int _right;
        private int _wrong;
        private int _silent;
        private int _changes;

        public int Pictures { get; private set; }

        public double MillisecondsOfLooks { get; set; }

        public void Count(FilmPicture shot, TimeSpan at, double? said)
        {
            Pictures++;
            if (shot.Occupied != _truth.Occupied)
            {
                _truth = (shot.Occupied, at, false);
                _changes++;
            }

            if (said is { } occupied)
                _last = (occupied > 0.5, at);
            if (_last is { } last && last.Occupied == shot.Occupied && last.At >= _truth.Since && !_truth.Told && _changes > 0)
            {
                _truth = _truth with { Told = true };
                _delays.Add((at - _truth.Since).TotalSeconds);
            }

            if (at - _truth.Since < Grace)
                return;
            var speaks = _last is { } word && at - word.At <= TimeSpan.FromSeconds(6);
            if (!speaks)
                _silent++;
            else if (_last!.Value.Occupied == shot.Occupied)
                _right++;
            else
                _wrong++;
        }

        public void Add(Tally other)
        {
            _delays.AddRange(other._delays);
            (_right, _wrong, _silent, _changes) = (_right + other._right, _wrong + other._wrong, _silent + other._silent, _changes + other._changes);
            (Pictures, MillisecondsOfLooks) = (Pictures + other.Pictures, MillisecondsOfLooks + other.MillisecondsOfLooks);
        }

        public override string ToString()
        {
            double all = Math.Max(1, _right + _wrong + _silent);
            var delays = _delays.Order().ToArray();
            var (median, late) = delays.Length == 0 ? (0, 0) : (delays[delays.Length / 2], delays[delays.Length * 9 / 10]);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"right {100 * _right / all,5:F1} %, wrong {100 * _wrong / all,5:F2} %, silent {100 * _silent / all,5:F1} % of the time; "
                + $"{_delays.Count} of {_changes} changes told, after {median:F1} s in the median, {late:F1} s in nine of ten");
        }
    }
}

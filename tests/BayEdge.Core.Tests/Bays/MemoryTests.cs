using System.Globalization;
using BayEdge.Core.Bays;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.TestKit;

namespace BayEdge.Core.Tests.Bays;

public sealed class MemoryTests
{
    [Fact]
    public void Thousands_of_vehicles_that_pass_the_bay_leave_nothing_behind()
    {
        var start = BayScenario.Time("00:00:00");
        var state = TrackerState.Start(new BayLayout(Workshop.WithBays(2)), [], new(start, TimeSpan.Zero));
        var most = 0;
        for (var vehicle = 0; vehicle < 5000; vehicle++)
        {
            var at = TimeSpan.FromSeconds(10 * vehicle);
            state = See(state, new TagSighting(new(start + at, at), Workshop.Reader, 1, vehicle.ToString("X8", CultureInfo.InvariantCulture), -70, 1));
            state = See(state, new PlateSighting(new(start + at, at), "cam-1", "bay-01", $"P{vehicle}", 0.5));
            most = Math.Max(most, state.Tags.Count() + state.Bays["bay-01"].Readings.Texts.Length);
        }

        Assert.InRange(most, 2, 16);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_year_of_vehicles_leaves_no_more_behind_than_a_month()
    {
        var year = await Task.Run(() => new SimulatedYear(), TestContext.Current.CancellationToken);
        var (first, last) = (year.Take(days: 30), year.Take(days: 335));
        TestContext.Current.TestOutputHelper?.WriteLine($"A month: {first}. The rest of the year: {last}.");

        Assert.InRange(last.Visits, 2500, int.MaxValue);
        Assert.InRange(last.MostTags, 1, first.MostTags + 3);
        Assert.InRange(last.MostTexts, 1, 40);
        Assert.InRange(last.MostSnapshotBytes, 1, 64 * 1024);
        Assert.InRange(last.MostSnapshotBytes, 1, first.MostSnapshotBytes + (8 * 1024));
    }

    private static TrackerState See(TrackerState state, Sighting sighting) => BayTracker.Step(state, new SightingInput(sighting)).State;

    private sealed record Extent(int Visits, int MostTags, int MostTexts, int MostSnapshotBytes);

    /// <summary>Three bays, three vehicles a day in each with misread plates, and twenty that pass; of two hundred tags and ever new ones.</summary>
    private sealed class SimulatedYear
    {
        private readonly Random _random = new(11);
        private TrackerState _state = TrackerState.Start(new BayLayout(Workshop.WithBays(3)), [], At(TimeSpan.Zero));
        private int _day;
        private int _passing;

        public Extent Take(int days)
        {
            var extent = new Extent(0, 0, 0, 0);
            for (var end = _day + days; _day < end; _day++)
            {
                foreach (var sighting in Day())
                {
                    var step = BayTracker.Step(_state, new SightingInput(sighting));
                    _state = step.State;
                    extent = extent with
                    {
                        Visits = extent.Visits + step.Transitions.OfType<VehicleLeft>().Count(),
                        MostTags = Math.Max(extent.MostTags, _state.Tags.Count()),
                        MostTexts = Math.Max(extent.MostTexts, _state.Bays.Values.Sum(bay => bay.Readings.Texts.Length + (bay.Visit?.Readings.Texts.Length ?? 0))),
                    };
                }

                extent = extent with { MostSnapshotBytes = Math.Max(extent.MostSnapshotBytes, TrackerSnapshot.Write(_state, "boot").Length) };
            }

            return extent;
        }

        private List<Sighting> Day() =>
            Enumerable.Range(1, 3).SelectMany(Bay).Concat(Enumerable.Range(0, 20).SelectMany(_ => Pass())).OrderBy(sighting => sighting.At.Monotonic).ToList();

        private IEnumerable<Sighting> Bay(int bay)
        {
            for (var visit = 0; visit < 3; visit++)
            {
                var (came, tag) = (TimeSpan.FromHours(8 + (3 * visit) + (0.1 * _random.NextDouble())), $"E280{_random.Next(200):X4}{bay}");
                for (var second = 0; second < 20; second += 2)
                    yield return new PlateSighting(Today(came + TimeSpan.FromSeconds(second)), $"cam-{bay}", Workshop.Bay(bay), $"A{_random.Next(90_000):00000}", 0.8);
                for (var second = 0; second < 1500; second += _random.Next(5, 40))
                    yield return new TagSighting(Today(came + TimeSpan.FromSeconds(second)), Workshop.Reader, bay, tag, -55 - _random.Next(8), 1);
            }
        }

        private IEnumerable<Sighting> Pass()
        {
            var (at, tag, bay) = (TimeSpan.FromHours(24 * _random.NextDouble()), $"F{++_passing:X8}", _random.Next(1, 4));
            for (var read = 0; read < 3; read++)
                yield return new TagSighting(Today(at + TimeSpan.FromSeconds(read)), Workshop.Reader, bay, tag, -70, 1);
        }

        private ObservedAt Today(TimeSpan time) => At(TimeSpan.FromDays(_day) + time);

        private static ObservedAt At(TimeSpan time) => new(BayScenario.Time("00:00:00") + time, time);
    }
}

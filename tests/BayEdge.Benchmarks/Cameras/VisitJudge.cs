using System.Collections.Immutable;
using System.Globalization;
using BayEdge.Core.Identity;
using BayEdge.Core.Timing;
using BayEdge.Vision.Cameras;
using BayEdge.Vision.Plates;

namespace BayEdge.Benchmarks.Cameras;

/// <summary>Holds the votes on watched visits again, with other weights and other least confidences.</summary>
internal static class VisitJudge
{
    private const double LeastWeight = 0.25;

    private static readonly ImmutableArray<double> Leasts = [0, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9];

    /// <summary>What a reading may count by: its width, its sharpness, or both.</summary>
    public static ImmutableArray<(string Name, Func<SeenReading, SeenReading, double> WeightOf)> Weightings { get; } =
    [
        ("by the width up to 120 px, as it is", (reading, _) => ByWidth(reading)),
        ("all alike", (_, _) => 1),
        ("by the square of that width", (reading, _) => ByWidth(reading) * ByWidth(reading)),
        ("by the sharpness beside the best so far", BySharpness),
        ("by width and sharpness", (reading, best) => ByWidth(reading) * BySharpness(reading, best)),
    ];

    /// <summary>The plates that a visit would have been published with, the first one first.</summary>
    public static ImmutableArray<string> PublishedOf(IEnumerable<ToldPlate> told, double least) => [.. Publish(told, least).Select(plate => plate.Text).Distinct()];

    /// <summary>When the first of them would have been published; null for never.</summary>
    public static double? SecondOfPublishing(IEnumerable<ToldPlate> told, double least) => Publish(told, least).FirstOrDefault()?.Second;

    private static IEnumerable<ToldPlate> Publish(IEnumerable<ToldPlate> told, double least)
    {
        var votes = PlateVotes.None;
        foreach (var plate in told)
        {
            votes = votes.With(new ObservedAt(DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(plate.Second)), "cam-1", plate.Text, plate.Confidence);
            if (votes.Read() is { } reading && reading.IsSureFrom(least))
                yield return plate with { Text = reading.Text };
        }
    }

    /// <summary>What the zone would have told if its readings counted otherwise.</summary>
    /// <param name="weightOf">Takes a reading and the largest width and sharpness so far.</param>
    public static ImmutableArray<ToldPlate> ToldWith(WatchedVisit visit, Func<SeenReading, SeenReading, double> weightOf)
    {
        var best = new SeenReading("", 0, [], 0, 0);
        var told = ImmutableArray.CreateBuilder<ToldPlate>();
        var vote = new Vision.Cameras.PlateVote(new PlateVoteOptions());
        foreach (var picture in visit.Seen)
        {
            best = picture.Readings.Aggregate(best, (most, reading) => most with { WidthPx = Math.Max(most.WidthPx, reading.WidthPx), Sharpness = Math.Max(most.Sharpness, reading.Sharpness) });
            var ballots = picture.Readings.Where(reading => reading.Text.Length > 0).Select(reading => new Ballot(reading.Text, reading.Confidence)
            {
                Weight = weightOf(reading, best),
                WidthPx = reading.WidthPx,
                Doubts = [.. reading.Doubts.Select(doubt => new CharacterDoubt(doubt.Character, doubt.Probability))],
            });
            (vote, var sure) = vote.Count(ballots, TimeSpan.FromSeconds(picture.Second));
            told.AddRange(sure.Select(plate => new ToldPlate(picture.Second, plate.Text, plate.Confidence)));
        }

        return told.ToImmutable();
    }

    public static bool IsRight(WatchedVisit visit, string text) =>
        Vision.Plates.PlateText.Folded(text, visit.Region) == Vision.Plates.PlateText.Folded(visit.Plate, visit.Region);

    /// <summary>For each least confidence and each fault: in how many visits the plate is published, and a wrong one.</summary>
    public static void WriteCurve(IReadOnlyList<WatchedVisit> visits, Func<WatchedVisit, ImmutableArray<ToldPlate>> toldOf, TextWriter output)
    {
        var told = visits.Select(visit => (Visit: visit, Told: toldOf(visit))).ToLookup(entry => entry.Visit.Fault);
        var faults = told.Select(group => group.Key).Order().ToList();
        output.WriteLine($"{"least",6}  {string.Concat(faults.Select(fault => $"{$"{fault} ({told[fault].Count()})",20}"))}{"all: wrong",14}   (published / wrong, %)");
        foreach (var least in Leasts)
        {
            var cells = faults.Select(fault => Rates(told[fault], least)).ToList();
            var wrong = told.SelectMany(group => group).Count(entry => PublishedOf(entry.Told, least).Any(text => !IsRight(entry.Visit, text)));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{least,6:F2}  {string.Concat(cells.Select(cell => $"{cell,20}"))}{$"{wrong} of {visits.Count}",14}"));
        }
    }

    private static double ByWidth(SeenReading reading) => Math.Clamp(reading.WidthPx / 120, LeastWeight, 1);

    private static double BySharpness(SeenReading reading, SeenReading best) => Math.Clamp(reading.Sharpness / best.Sharpness, LeastWeight, 1);

    private static string Rates(IEnumerable<(WatchedVisit Visit, ImmutableArray<ToldPlate> Told)> entries, double least)
    {
        var (all, right, wrong) = (0, 0, 0);
        foreach (var (visit, told) in entries)
        {
            var published = PublishedOf(told, least);
            all++;
            right += published.Any(text => IsRight(visit, text)) ? 1 : 0;
            wrong += published.Any(text => !IsRight(visit, text)) ? 1 : 0;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{100.0 * right / all:F1} / {100.0 * wrong / all:F1}");
    }
}

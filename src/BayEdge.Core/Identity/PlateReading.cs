using System.Collections.Immutable;

namespace BayEdge.Core.Identity;

/// <summary>The plate that the votes name, character by character.</summary>
/// <param name="Readings">How many of them had this length.</param>
/// <param name="Runners">For each place the character that came second, and how many voted for it; none where all agree.</param>
/// <param name="Tops">For each place, how many voted for the character in <paramref name="Text"/>.</param>
/// <param name="Source">The camera that read it last.</param>
internal sealed record PlateReading(
    string Text, int Readings, ImmutableArray<int> Tops, ImmutableArray<(char Character, int Votes)> Runners, double BestConfidence, string Source)
{
    // A misreading that comes again and again is dirt on the plate, and then nobody knows which of the two is the dirt.
    private const double DisputedShare = 0.13;

    // More than any camera will read.
    private const int StatedVotes = 1_000_000;

    /// <summary>A person's word.</summary>
    public static PlateReading Stated(string plate) =>
        new(plate, StatedVotes, [.. Enumerable.Repeat(StatedVotes, plate.Length)], [.. new (char, int)[plate.Length]], 1, "person");

    public static PlateReading Of(PlateVotes votes)
    {
        var length = votes.Texts.GroupBy(vote => vote.Text.Length).OrderByDescending(group => group.Sum(vote => vote.Count)).ThenByDescending(group => group.Key).First().Key;
        var texts = votes.Texts.Where(vote => vote.Text.Length == length).OrderByDescending(vote => vote.Count).ThenBy(vote => vote.Text, StringComparer.Ordinal).ToList();
        var (text, tops, runners) = (new char[length], new int[length], new (char, int)[length]);
        for (var place = 0; place < length; place++)
        {
            var tally = texts.GroupBy(vote => vote.Text[place]).Select(group => (Character: group.Key, Votes: group.Sum(vote => vote.Count)))
                .OrderByDescending(entry => entry.Votes).Take(2).ToList();
            (text[place], tops[place]) = tally[0];
            runners[place] = tally.Count > 1 ? tally[1] : default;
        }

        return new PlateReading(
            new string(text), texts.Sum(vote => vote.Count), [.. tops], [.. runners], texts.Max(vote => vote.BestConfidence), texts.MaxBy(vote => vote.LastAt.Monotonic)!.Source);
    }

    /// <summary>
    /// Whether every character has at least two votes more than any other, no other comes again and again, and a camera was sure enough of it.
    /// </summary>
    public bool IsSure => IsSureFrom(PlateConfidence.LeastToTell);

    /// <inheritdoc cref="IsSure"/>
    public bool IsSureFrom(double leastConfidence) => BestConfidence >= leastConfidence && Readings >= 2
        && Enumerable.Range(0, Text.Length).All(place => Tops[place] - Runners[place].Votes >= 2 && !IsDisputed(place));

    /// <summary>The share of the votes that the most doubtful character has, with one more against it.</summary>
    public double Confidence => Tops.Min(votes => votes / (Readings + 0.2)) * BestConfidence;

    /// <summary>How badly the votes fit a plate that the workshop knows, in nats; 0 when every character is the same.</summary>
    public double MismatchWith(string plate)
    {
        if (plate.Length != Text.Length)
            return OtherLengthNats;
        var nats = 0.0;
        for (var place = 0; place < plate.Length; place++)
        {
            if (plate[place] == Text[place])
                continue;
            nats += plate[place] == Runners[place].Character
                ? Math.Max(1, Math.Min(ConfusedNats, 2 * Math.Log((double)Tops[place] / Runners[place].Votes)))
                : LookAlikes.Are(plate[place], Text[place]) ? ConfusedNats : OtherNats;
        }

        return nats;
    }

    private const double ConfusedNats = 4.6;
    private const double OtherNats = 8;
    private const double OtherLengthNats = 40;

    private bool IsDisputed(int place) => Runners[place].Votes > 1 && Runners[place].Votes > DisputedShare * Readings;
}

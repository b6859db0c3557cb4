using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using BayEdge.Core.Configuration;
using BayEdge.Vision.Plates.Locating;

namespace BayEdge.Vision.Plates.Decoding;

/// <summary>The plates of one region as its data file describes them.</summary>
internal sealed record TemplateFile
{
    /// <summary>Named sets of characters; the name is one small letter.</summary>
    public required ImmutableDictionary<char, string> Classes { get; init; }

    /// <summary>Characters that the reader gives in place of the key, believed where the class has only the key.</summary>
    public required ImmutableDictionary<char, string> Alike { get; init; }

    /// <summary>
    /// The picture's longer side in pixels for each search, from coarse to fine; a finer one follows while nothing sure is found.
    /// </summary>
    public required ImmutableArray<int> LongSides { get; init; }

    /// <summary>The most common plate's size.</summary>
    public required PlateSize PlateMillimetres { get; init; }

    /// <summary>The grounds by which such plates stand out from the vehicle; none where plates are white.</summary>
    public required ImmutableArray<PlateGround> Grounds { get; init; }

    /// <summary>
    /// What a step that shows something else than the number costs: taken from the natural logarithm of the probability. Higher
    /// where little but the number stands on a plate. Assumed.
    /// </summary>
    public required float JunkCost { get; init; }

    /// <summary>How plates of two rows are built; null where there are none.</summary>
    public TwoRows? TwoRows { get; init; }

    public required ImmutableArray<TemplateEntry> Templates { get; init; }

    /// <summary>The file that is part of this program.</summary>
    public static TemplateFile Of(PlateRegion region)
    {
        var name = $"{region.ToString().ToLowerInvariant()}.json";
        using var stream = typeof(TemplateFile).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The program carries no plate templates {name}.");
        return JsonSerializer.Deserialize(stream, TemplateJson.Default.TemplateFile)!;
    }

    /// <summary>Spells the entries out, one template a pattern and place of its letters.</summary>
    /// <param name="symbols">The characters behind the symbols of <see cref="LineScores"/>.</param>
    public ImmutableArray<PlateTemplate> Compile(string symbols)
    {
        var templates = ImmutableArray.CreateBuilder<PlateTemplate>();
        foreach (var entry in Templates)
        {
            foreach (var pattern in entry.Patterns.SelectMany(pattern => WithAtMost(pattern, entry.MaxLetters)))
                templates.Add(new PlateTemplate(entry.Name, Positions(pattern, symbols), entry.LogWeight, entry.Grounds.IsDefault ? [] : entry.Grounds));
        }

        return templates.ToImmutable();
    }

    /// <summary>Every character that one of these plates may show.</summary>
    public IEnumerable<char> Characters() =>
        Classes.Values.SelectMany(characters => characters)
            .Concat(Alike.Values.SelectMany(characters => characters))
            .Concat(Templates.SelectMany(entry => entry.Patterns).SelectMany(pattern => pattern).Where(IsLiteral));

    private static bool IsLiteral(char element) => element != PatternElement.Sticker && !char.IsAsciiLetterLower(element);

    /// <summary>Replaces each serial place by a letter or a digit, in every way that has no more than so many letters.</summary>
    private static IEnumerable<string> WithAtMost(string pattern, int? letters)
    {
        var place = pattern.IndexOf(PatternElement.Serial, StringComparison.Ordinal);
        if (place < 0 || letters is null)
            return [pattern];
        var withDigit = WithAtMost(Replaced(pattern, place, PatternElement.Digit), letters);
        return letters == 0 ? withDigit : withDigit.Concat(WithAtMost(Replaced(pattern, place, PatternElement.Letter), letters - 1));
    }

    private static string Replaced(string pattern, int place, char element) =>
        string.Concat(pattern.AsSpan(0, place), [element], pattern.AsSpan(place + 1));

    private ImmutableArray<TemplatePosition> Positions(string pattern, string symbols)
    {
        var positions = ImmutableArray.CreateBuilder<TemplatePosition>();
        var sticker = false;
        foreach (var element in pattern)
        {
            if (element == PatternElement.Sticker)
            {
                sticker = true;
                continue;
            }

            var characters = IsLiteral(element) ? element.ToString() : Classes[element];
            positions.Add(new TemplatePosition(characters, [.. characters.Select(c => Columns(c, characters, symbols))], sticker));
            sticker = false;
        }

        return positions.ToImmutable();
    }

    private ImmutableArray<int> Columns(char character, string others, string symbols) =>
        [.. Alike.GetValueOrDefault(character, "")
            .Where(alike => !others.Contains(alike, StringComparison.Ordinal))
            .Prepend(character)
            .Select(c => symbols.IndexOf(c, StringComparison.Ordinal) + 1)];
}

/// <summary>The characters of a pattern that stand for a set; the others stand for themselves.</summary>
internal static class PatternElement
{
    public const char Letter = 'l';
    public const char Digit = 'd';
    public const char Serial = 's';
    public const char Sticker = '~';
}

internal sealed record PlateSize(double Width, double Height);

/// <summary>Plates whose number is broken into two rows.</summary>
/// <param name="Aspect">Width to height of the most common one.</param>
/// <param name="Split">Where the second row begins, as a share of the height.</param>
internal sealed record TwoRows(double Aspect, double Split);

/// <param name="MaxLetters">How many serial places may hold letters; null leaves the serial class as it is.</param>
/// <param name="LogWeight">
/// Added to the natural logarithm of a reading's probability, 0 for a common plate: an assumed rank of how seldom it is met, not a
/// count.
/// </param>
/// <param name="Grounds">The only grounds that such a plate has; none given, any.</param>
internal sealed record TemplateEntry(
    string Name, ImmutableArray<string> Patterns, int? MaxLetters = null, float LogWeight = 0, ImmutableArray<PlateGround> Grounds = default);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(TemplateFile))]
internal sealed partial class TemplateJson : JsonSerializerContext;

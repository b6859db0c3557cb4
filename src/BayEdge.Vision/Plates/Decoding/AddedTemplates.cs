using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;

namespace BayEdge.Vision.Plates.Decoding;

/// <summary>Plates that an installer has added to those of a region, from a file beside the configuration.</summary>
internal sealed record AddedTemplates
{
    private const string Example = """{"cn":{"classes":{"w":"ABC"},"templates":[{"name":"works traffic","patterns":["Wwddddd"]}]}}""";
    private const int ShortestPlate = 4;

    public static ImmutableDictionary<PlateRegion, AddedTemplates> None { get; } = ImmutableDictionary<PlateRegion, AddedTemplates>.Empty;

    /// <summary>Sets of characters, each under one small letter that the region does not use for another.</summary>
    public ImmutableDictionary<char, string> Classes
    {
        // Left out of JSON, it is not set at all.
        get => field ?? ImmutableDictionary<char, string>.Empty;
        init;
    } = ImmutableDictionary<char, string>.Empty;

    public required ImmutableArray<TemplateEntry> Templates { get; init; }

    /// <param name="path">Null or of no file: nothing was added.</param>
    /// <exception cref="PlateModelException">The file is not understood; the message says where.</exception>
    public static ImmutableDictionary<PlateRegion, AddedTemplates> Load(string? path)
    {
        if (path is null || !File.Exists(path))
            return None;
        try
        {
            using var file = File.OpenRead(path);
            var added = JsonSerializer.Deserialize(file, AddedTemplatesJson.Default.ImmutableDictionaryStringAddedTemplates)
                ?? throw Wrong(path, "it holds nothing");
            if (added.Keys.GroupBy(name => RegionOf(path, name)).FirstOrDefault(names => names.Count() > 1) is { } twice)
                throw Wrong(path, $"the region '{twice.Key.ToString().ToLowerInvariant()}' stands twice");
            return added.ToImmutableDictionary(
                region => RegionOf(path, region.Key),
                region => (region.Value ?? throw Wrong(path, $"the region '{region.Key}' holds nothing")).Checked(path, region.Key));
        }
        catch (JsonException exception)
        {
            throw Wrong(path, $"line {exception.LineNumber + 1} is no such JSON ({exception.Path})", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Wrong(path, $"it cannot be read ({exception.Message})", exception);
        }
    }

    /// <summary>The region's own templates and these.</summary>
    public TemplateFile AddedTo(TemplateFile file) => file with { Classes = file.Classes.SetItems(Classes), Templates = [.. file.Templates, .. Templates] };

    private static PlateRegion RegionOf(string path, string name) =>
        Enum.TryParse<PlateRegion>(name, ignoreCase: true, out var region) && name.All(char.IsAsciiLetter) ? region : throw Wrong(path, $"the region '{name}' is none of cn, eu, us, br");

    private AddedTemplates Checked(string path, string region)
    {
        var own = TemplateFile.Of(RegionOf(path, region));
        foreach (var (name, characters) in Classes)
        {
            if (!char.IsAsciiLetterLower(name) || string.IsNullOrEmpty(characters))
                throw Wrong(path, $"the class '{name}' of {region} needs one small letter as its name and at least one character");
            if (characters.Length > TemplateDecoder.MostCharacters)
                throw Wrong(path, $"the class '{name}' of {region} has {characters.Length} characters; at most {TemplateDecoder.MostCharacters} can be told apart");
            if (own.Classes.TryGetValue(name, out var known) && known != characters)
                throw Wrong(path, $"the class '{name}' of {region} stands for {known} already; choose another letter");
        }

        if (Templates.Any(entry => entry is not { Name.Length: > 0, Patterns.IsDefaultOrEmpty: false }))
            throw Wrong(path, $"a template of {region} lacks its name or its patterns");
        foreach (var (entry, pattern) in Templates.SelectMany(entry => entry.Patterns.Select(pattern => (entry, pattern ?? ""))))
        {
            var places = pattern.Where(element => element != PatternElement.Sticker).ToArray();
            if (places.Length is < ShortestPlate or > TemplateDecoder.MostPlaces)
                throw Wrong(path, $"the pattern {pattern} of '{entry.Name}' has {places.Length} places; plates have {ShortestPlate} to {TemplateDecoder.MostPlaces}");
            if (places.FirstOrDefault(element => char.IsAsciiLetterLower(element) && !own.Classes.ContainsKey(element) && !Classes.ContainsKey(element)) is not '\0' and var unknown)
                throw Wrong(path, $"the pattern {pattern} of '{entry.Name}' names the class '{unknown}', which {region} does not have");
        }

        return this;
    }

    private static PlateModelException Wrong(string path, Wording what, Exception? cause = null) =>
        new($"Expected plates such as {Example} in {path}, but {what}. Correct the file or take it away.", cause);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ImmutableDictionary<string, AddedTemplates>))]
internal sealed partial class AddedTemplatesJson : JsonSerializerContext;

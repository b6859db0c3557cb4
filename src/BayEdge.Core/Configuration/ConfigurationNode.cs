using System.Text.Json;
using BayEdge.Core.Bays;
using BayEdge.Core.Identity;

namespace BayEdge.Core.Configuration;

/// <summary>A JSON object of the configuration, read key by key; what is wrong is collected, not thrown.</summary>
internal sealed class ConfigurationNode(JsonElement element, string path, List<Problem> problems)
{
    private const int MostShown = 60;

    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Problem> _missing = new(StringComparer.Ordinal);

    public string Path(string key) => path.Length == 0 ? key : $"{path}.{key}";

    public bool Has(string key)
    {
        _asked.Add(key);
        return element.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null;
    }

    /// <summary>The raw value of a key that <see cref="Has"/> said yes to.</summary>
    public JsonElement Raw(string key) => element.GetProperty(key);

    public string? Text(string key) => Required(key, "a text") is { } value ? AsText(key, value) : null;

    public string? TextOrNull(string key) => Has(key) ? AsText(key, Raw(key)) : null;

    /// <summary>A text that somebody else reports on when it is missing or none.</summary>
    public string? TextIfAny(string key) => Has(key) && Raw(key) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>An id that may stand in a topic.</summary>
    public string? Id(string key)
    {
        if (Text(key) is not { } id)
            return null;
        if (Contracts.Topics.IsValidId(id))
            return id;
        Report(key, $"expected an id of 1 to 64 letters, digits, '-', '_' or '.', but found '{id}'; give it such a name");
        return null;
    }

    /// <summary>One of some texts; null after a problem.</summary>
    public string? Choice(string key, string missing, params string[] choices)
    {
        if (!Has(key))
            return missing;
        if (AsText(key, Raw(key)) is not { } text)
            return null;
        if (choices.Contains(text))
            return text;
        Report(key, $"expected one of {string.Join(", ", choices)}, but found '{text}'");
        return null;
    }

    /// <summary>One of the names of an enumeration, in lower case; null after a problem.</summary>
    public T? Choice<T>(string key, T missing)
        where T : struct, Enum =>
        Choice(key, NameOf(missing), [.. Enum.GetValues<T>().Select(NameOf)]) is { } name ? Enum.Parse<T>(name, ignoreCase: true) : null;

    public int? Integer(string key, int least, int most)
    {
        if (Required(key, "a whole number") is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most)
            return number;
        Report(key, $"expected a whole number from {least} to {most}, but found {Show(value)}");
        return null;
    }

    public int? IntegerOr(string key, int missing, int least, int most) => Has(key) ? Integer(key, least, most) : missing;

    /// <summary>True or false; null after a problem.</summary>
    public bool? Flag(string key, bool missing)
    {
        if (!Has(key))
            return missing;
        if (Raw(key) is { ValueKind: JsonValueKind.True or JsonValueKind.False } value)
            return value.GetBoolean();
        Report(key, $"expected true or false, but found {Show(Raw(key))}");
        return null;
    }

    public ConfigurationNode? Object(string key) => Has(key) ? AsObject(Raw(key), Path(key)) : null;

    /// <summary>The objects of an array; empty when the key is absent.</summary>
    public IEnumerable<ConfigurationNode> Objects(string key) =>
        Items(key, "objects").Select(item => AsObject(item.Value, item.Path)).OfType<ConfigurationNode>();

    /// <summary>The items of an array, each with its path; empty when the key is absent.</summary>
    public IEnumerable<(JsonElement Value, string Path)> Items(string key, Wording of)
    {
        if (!Has(key))
            return [];
        if (Raw(key).ValueKind == JsonValueKind.Array)
            return Raw(key).EnumerateArray().Select((value, index) => (value, $"{Path(key)}[{index}]"));
        Report(key, $"expected a list of {of} in [ ], but found {Show(Raw(key))}");
        return [];
    }

    /// <summary>Whether a list is absent or has nothing in it.</summary>
    public bool IsAbsentOrEmpty(string key) => !Has(key) || (Raw(key) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 0);

    /// <summary>Whether something stands where a list should, which <see cref="Items"/> has reported.</summary>
    public bool HasOtherThanList(string key) => Has(key) && Raw(key).ValueKind != JsonValueKind.Array;

    public void Report(string key, Wording message) => ReportAt(Path(key), message);

    /// <summary>As <see cref="Report(string, Wording)"/>, of a key that is missing: nothing is said of it where it is there under a misspelt name.</summary>
    public void ReportMissing(string key, Wording message)
    {
        var problem = new Problem(Path(key), message);
        _missing[key] = problem;
        problems.Add(problem);
    }

    public void Report(Problem problem) => problems.Add(problem);

    public void ReportAt(string where, Wording message) => problems.Add(new Problem(where, message));

    /// <summary>A value as a message quotes it: on one line, and no longer than one can take in.</summary>
    public static string Show(JsonElement value)
    {
        var text = string.Join(' ', value.GetRawText().Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= MostShown ? text : $"{text[..MostShown]}…";
    }

    /// <summary>Reports every key that nobody asked for, or that stands twice: no setting may be silently without effect.</summary>
    public void ReportUnknownKeys()
    {
        foreach (var twice in element.EnumerateObject().GroupBy(property => property.Name).Where(group => group.Count() > 1))
            Report(twice.Key, "this setting stands twice; keep one");
        foreach (var property in element.EnumerateObject().Where(property => !_asked.Contains(property.Name)))
        {
            var known = _asked.Order(StringComparer.Ordinal).ToList();
            var likely = known.MinBy(name => EditDistance.Between(name, property.Name));
            var meant = likely is not null && EditDistance.Between(likely, property.Name) <= 2;
            if (meant && _missing.Remove(likely!, out var said))
                problems.Remove(said);
            if (meant)
                Report(property.Name, $"this setting is not known; did you mean '{likely}'?");
            else
                Report(property.Name, $"this setting is not known; known here are {string.Join(", ", known)}");
        }
    }

    private ConfigurationNode? AsObject(JsonElement value, string at)
    {
        if (value.ValueKind == JsonValueKind.Object)
            return new ConfigurationNode(value, at, problems);
        ReportAt(at, $"expected an object in {{ }}, but found {Show(value)}");
        return null;
    }

    private JsonElement? Required(string key, Wording what)
    {
        if (Has(key))
            return Raw(key);
        ReportMissing(key, $"expected {what}, but the setting is missing; add it");
        return null;
    }

    private string? AsText(string key, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { } text && !string.IsNullOrWhiteSpace(text))
            return text;
        Report(key, $"expected a text in quotes, but found {Show(value)}");
        return null;
    }

    private static string NameOf<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}

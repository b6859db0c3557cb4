using System.Text.Json;

namespace BayEdge.Core.Configuration;

/// <summary>A JSON object of the configuration, read key by key; what is wrong is collected, not thrown.</summary>
internal sealed class ConfigurationNode(JsonElement element, string path, List<Problem> problems)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

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

    public T? Choice<T>(string key, T? missing, params (string Name, T Value)[] choices)
        where T : struct
    {
        if (!Has(key))
            return missing;
        if (AsText(key, Raw(key)) is not { } text)
            return null;
        foreach (var (name, value) in choices)
        {
            if (name == text)
                return value;
        }

        Report(key, $"expected one of {string.Join(", ", choices.Select(choice => choice.Name))}, but found '{text}'");
        return null;
    }

    public int? Integer(string key, int least, int most)
    {
        if (Required(key, "a whole number") is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most)
            return number;
        Report(key, $"expected a whole number from {least} to {most}, but found {value.GetRawText()}");
        return null;
    }

    public ConfigurationNode? Object(string key) => Has(key) ? AsObject(Raw(key), Path(key)) : null;

    /// <summary>The objects of an array; empty when the key is absent.</summary>
    public IEnumerable<ConfigurationNode> Objects(string key) =>
        Items(key, "objects").Select(item => AsObject(item.Value, item.Path)).OfType<ConfigurationNode>();

    /// <summary>The items of an array, each with its path; empty when the key is absent.</summary>
    public IEnumerable<(JsonElement Value, string Path)> Items(string key, string of)
    {
        if (!Has(key))
            return [];
        if (Raw(key).ValueKind == JsonValueKind.Array)
            return Raw(key).EnumerateArray().Select((value, index) => (value, $"{Path(key)}[{index}]"));
        Report(key, $"expected a list of {of} in [ ], but found {Raw(key).GetRawText()}");
        return [];
    }

    public void Report(string key, string message) => problems.Add(new Problem(Path(key), message));

    /// <summary>Reports every key that nobody asked for: a misspelt setting must not be silently without effect.</summary>
    public void ReportUnknownKeys()
    {
        foreach (var property in element.EnumerateObject().Where(property => !_asked.Contains(property.Name)))
        {
            var likely = _asked.MinBy(known => Distance(known, property.Name));
            var hint = likely is not null && Distance(likely, property.Name) <= 2 ? $"did you mean '{likely}'?" : $"known here are {string.Join(", ", _asked.Order(StringComparer.Ordinal))}";
            problems.Add(new Problem(Path(property.Name), $"this setting is not known; {hint}"));
        }
    }

    private ConfigurationNode? AsObject(JsonElement value, string at)
    {
        if (value.ValueKind == JsonValueKind.Object)
            return new ConfigurationNode(value, at, problems);
        problems.Add(new Problem(at, $"expected an object in {{ }}, but found {value.GetRawText()}"));
        return null;
    }

    private JsonElement? Required(string key, string what)
    {
        if (Has(key))
            return Raw(key);
        Report(key, $"expected {what}, but the setting is missing; add it");
        return null;
    }

    private string? AsText(string key, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { } text && !string.IsNullOrWhiteSpace(text))
            return text;
        Report(key, $"expected a text in quotes, but found {value.GetRawText()}");
        return null;
    }

    // Levenshtein 1966; the words are short, so the plain table is fast enough.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var next = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                (diagonal, row[j]) = (row[j], next);
            }
        }

        return row[b.Length];
    }
}

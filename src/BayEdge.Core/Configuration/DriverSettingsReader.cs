using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using BayEdge.Core.Bays;
using BayEdge.Core.Drivers;

namespace BayEdge.Core.Configuration;

/// <summary>Checks the settings of one device against its driver's fields.</summary>
internal static class DriverSettingsReader
{
    /// <param name="source">The id that the secrets are kept under; null when it could not be read.</param>
    public static DriverSettings Read(ConfigurationNode node, DriverDescriptor driver, string? source, Secrets secrets)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var field in driver.Fields)
        {
            if ((field.Secret ? ReadSecret(node, field, source, secrets) : Read(node, field)) is { } value)
                values[field.Key] = value;
        }

        return new DriverSettings(values.ToImmutable());
    }

    private static string? ReadSecret(ConfigurationNode node, FieldSpec field, string? source, Secrets secrets)
    {
        Wording place = $"put it into secrets.json as {{\"sources\":{{\"{source ?? "…"}\":{{\"{field.Key}\":\"…\"}}}}}}";
        var secret = source is null ? null : secrets.Find(source, field.Key);
        if (node.Has(field.Key))
            node.Report(field.Key, $"a secret does not belong into this file; {place}");
        else if (field.Required && string.IsNullOrWhiteSpace(secret))
            node.Report(field.Key, $"expected a secret, but there is none; {place}");
        return secret;
    }

    private static string? Read(ConfigurationNode node, FieldSpec field)
    {
        if (!node.Has(field.Key))
        {
            if (field.Required && field.Default is null && !IsTrue(node, field.RequiredUnless))
                node.Report(field.Key, $"expected {Expectation(field)}, but the setting is missing; add it");
            return field.Default;
        }

        var raw = node.Raw(field.Key);
        if (Accept(field, raw) is { } value)
            return value;
        node.Report(field.Key, $"expected {Expectation(field)}, but found {ConfigurationNode.Show(raw)}");
        return null;
    }

    private static bool IsTrue(ConfigurationNode node, string? key) => key is not null && node.Has(key) && node.Raw(key).ValueKind == JsonValueKind.True;

    private static string? Accept(FieldSpec field, JsonElement raw) => field.Type switch
    {
        FieldType.Boolean => raw.ValueKind is JsonValueKind.True ? "true" : raw.ValueKind is JsonValueKind.False ? "false" : null,
        FieldType.Integer => raw.ValueKind == JsonValueKind.Number && raw.TryGetInt32(out var number) && InRange(field, number)
            ? number.ToString(CultureInfo.InvariantCulture) : null,
        FieldType.Number => raw.ValueKind == JsonValueKind.Number && raw.TryGetDouble(out var number) && InRange(field, number)
            ? number.ToString("R", CultureInfo.InvariantCulture) : null,
        FieldType.Choice => AsText(raw) is { } text && field.Choices.Contains(text) ? text : null,
        FieldType.HostAndPort => AsText(raw) is { } text && HostAndPort.TryParse(text, 1, out _, out _) ? text : null,
        _ => AsText(raw),
    };

    private static string? AsText(JsonElement raw) =>
        raw.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(raw.GetString()) ? raw.GetString() : null;

    private static bool InRange(FieldSpec field, double number) =>
        (field.Minimum is not { } least || number >= least) && (field.Maximum is not { } most || number <= most);

    private static Wording Expectation(FieldSpec field)
    {
        var (unit, choices) = (field.Unit is null ? "" : $" {field.Unit}", string.Join(", ", field.Choices));
        return (field.Type, field.Minimum, field.Maximum) switch
        {
            (FieldType.Boolean, _, _) => Wording.Of($"true or false"),
            (FieldType.Integer, { } least, { } most) => $"a whole number from {least} to {most}{unit}",
            (FieldType.Integer, { } least, null) => $"a whole number of at least {least}{unit}",
            (FieldType.Integer, null, { } most) => $"a whole number of at most {most}{unit}",
            (FieldType.Integer, null, null) => $"a whole number{unit}",
            (FieldType.Number, { } least, { } most) => $"a number from {least} to {most}{unit}",
            (FieldType.Number, { } least, null) => $"a number of at least {least}{unit}",
            (FieldType.Number, null, { } most) => $"a number of at most {most}{unit}",
            (FieldType.Number, null, null) => $"a number{unit}",
            (FieldType.Choice, _, _) => $"one of {choices}",
            (FieldType.HostAndPort, _, _) => $"host or host:port such as 192.0.2.5:5084",
            (FieldType.Location, _, _) => $"a URL or path such as \"{field.Example}\"",
            _ => $"a text in quotes",
        };
    }
}

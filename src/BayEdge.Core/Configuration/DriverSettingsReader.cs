using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
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
        var place = $"put it into secrets.json as {{\"sources\":{{\"{source ?? "…"}\":{{\"{field.Key}\":\"…\"}}}}}}";
        var secret = source is null ? null : secrets.Find(source, field.Key);
        if (node.Has(field.Key))
            node.Report(field.Key, $"a secret does not belong into this file; {place}");
        else if (field.Required && secret is null)
            node.Report(field.Key, $"expected a secret, but there is none; {place}");
        return secret;
    }

    private static string? Read(ConfigurationNode node, FieldSpec field)
    {
        if (!node.Has(field.Key))
        {
            if (field.Required && field.Default is null)
                node.Report(field.Key, $"expected {Expectation(field)}, but the setting is missing; add it");
            return field.Default;
        }

        var raw = node.Raw(field.Key);
        if (Accept(field, raw) is { } value)
            return value;
        node.Report(field.Key, $"expected {Expectation(field)}, but found {ConfigurationNode.Show(raw)}");
        return null;
    }

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

    private static string Expectation(FieldSpec field) => field.Type switch
    {
        FieldType.Boolean => "true or false",
        FieldType.Integer or FieldType.Number => string.Create(CultureInfo.InvariantCulture,
            $"a {(field.Type == FieldType.Integer ? "whole number" : "number")}{Range(field)}{(field.Unit is null ? "" : $" {field.Unit}")}"),
        FieldType.Choice => $"one of {string.Join(", ", field.Choices)}",
        FieldType.HostAndPort => "host or host:port such as 192.0.2.5:5084",
        FieldType.Location => "a URL or path in quotes",
        _ => "a text in quotes",
    };

    private static string Range(FieldSpec field) => (field.Minimum, field.Maximum) switch
    {
        ({ } least, { } most) => string.Create(CultureInfo.InvariantCulture, $" from {least} to {most}"),
        ({ } least, null) => string.Create(CultureInfo.InvariantCulture, $" of at least {least}"),
        (null, { } most) => string.Create(CultureInfo.InvariantCulture, $" of at most {most}"),
        _ => "",
    };
}

using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Service.Hosting;

namespace BayEdge.Service.Configuring;

/// <summary>Shows a configuration with its secrets in place but hidden, and takes it back: hidden in, unchanged out.</summary>
/// <remarks>
/// The secrets stand where a person looks for them: as <c>password</c> of their camera, as <c>user</c> and <c>password</c> of the
/// broker. In the files they are apart, see <see cref="Secrets"/>.
/// </remarks>
internal static class SecretMask
{
    /// <summary>Stands for a secret that is set.</summary>
    public const string Text = "********";

    private static readonly (string Section, SourceKind Kind)[] Sections =
        [("readers", SourceKind.Reader), ("cameras", SourceKind.Camera), ("presence", SourceKind.Presence)];

    /// <param name="configuration">The configuration file's content; stays as it is.</param>
    public static JsonObject Show(JsonObject configuration, Secrets secrets, DriverCatalogue drivers)
    {
        var shown = configuration.DeepClone().AsObject();
        foreach (var (source, id, fields) in SourcesOf(shown, drivers))
        {
            foreach (var field in fields)
            {
                if (field.Secret && (secrets.Find(id, field.Key) is not null || source.ContainsKey(field.Key)))
                    source[field.Key] = Text;
                else if (field.Type == FieldType.Location && TextOf(source, field.Key) is { } address)
                    source[field.Key] = AddressSecrets.Hide(address);
            }
        }

        if (shown["mqtt"] is JsonObject mqtt)
        {
            if (TextOf(mqtt, "url") is { } url)
                mqtt["url"] = AddressSecrets.Hide(url);
            foreach (var known in BrokerSecrets.All)
            {
                if (known.Of(secrets) is { } secret)
                    mqtt[known.ShownKey] = known.IsHidden ? Text : secret;
            }
        }

        return shown;
    }

    /// <summary>Parts what was proposed into what the files hold.</summary>
    /// <param name="proposed">As shown, and changed. A secret that is left out stays; <c>null</c> or an empty text takes it away.</param>
    /// <param name="current">What the configuration file holds; null when it cannot be read.</param>
    public static (JsonObject Configuration, Secrets Secrets, ImmutableArray<Problem> Problems) Take(
        JsonObject proposed, JsonObject? current, Secrets secrets, DriverCatalogue drivers)
    {
        var taken = proposed.DeepClone().AsObject();
        var problems = ImmutableArray.CreateBuilder<Problem>();
        var kept = ImmutableDictionary.CreateBuilder<string, ImmutableDictionary<string, string>>(StringComparer.Ordinal);
        var before = current is null ? [] : SourcesOf(current, drivers).GroupBy(source => source.Id).ToDictionary(group => group.Key, group => group.First().Source, StringComparer.Ordinal);
        foreach (var (source, id, fields) in SourcesOf(taken, drivers))
        {
            var ofSource = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
            foreach (var field in fields)
            {
                if (field.Secret)
                {
                    if (TakeSecret(source, field.Key, secrets.Find(id, field.Key), $"{id}.{field.Key}", problems) is { } secret)
                        ofSource[field.Key] = secret;
                }
                else if (field.Type == FieldType.Location)
                {
                    RestoreAddress(source, field.Key, before.GetValueOrDefault(id), $"{id}.{field.Key}", problems);
                }
            }

            if (ofSource.Count > 0)
                kept[id] = ofSource.ToImmutable();
        }

        var result = new Secrets { Sources = kept.ToImmutable() };
        if (taken["mqtt"] is JsonObject mqtt)
        {
            RestoreAddress(mqtt, "url", current?["mqtt"] as JsonObject, "mqtt.url", problems);
            result = BrokerSecrets.All.Aggregate(result, (taking, known) => known.With(
                taking, TakeSecret(mqtt, known.ShownKey, known.Of(secrets), $"mqtt.{known.ShownKey}", problems)));
        }

        return (taken, result, problems.ToImmutable());
    }

    private static string? TakeSecret(JsonObject from, string key, string? current, string where, ImmutableArray<Problem>.Builder problems)
    {
        if (!from.ContainsKey(key))
            return current;
        var value = from[key];
        from.Remove(key);
        switch (value)
        {
            case null:
                return null;
            case JsonValue text when text.TryGetValue<string>(out var secret):
                if (secret == Text && current is null)
                    problems.Add(new Problem(where, "this secret is not known here; type it again"));
                return secret == Text ? current : secret.Length == 0 ? null : secret;
            default:
                problems.Add(new Problem(where, "expected a text in quotes"));
                return null;
        }
    }

    private static void RestoreAddress(JsonObject of, string key, JsonObject? current, string where, ImmutableArray<Problem>.Builder problems)
    {
        if (TextOf(of, key) is not { } shown || !shown.Contains(Text, StringComparison.Ordinal))
            return;
        if (AddressSecrets.Restore(shown, current is null ? null : TextOf(current, key)) is { } address)
            of[key] = address;
        else
            problems.Add(new Problem(where, $"the hidden part {Text} of this address is not known here; type it again"));
    }

    private static IEnumerable<(JsonObject Source, string Id, ImmutableArray<FieldSpec> Fields)> SourcesOf(JsonObject configuration, DriverCatalogue drivers) =>
        from section in Sections
        from item in configuration[section.Section] as JsonArray ?? []
        let source = item as JsonObject
        where source is not null
        let id = TextOf(source, "id")
        let driver = TextOf(source, "driver") is { } name ? drivers.Find(section.Kind, name) : null
        where id is not null && driver is not null
        select (source, id, driver.Descriptor.Fields);

    private static string? TextOf(JsonObject node, string key) => node[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}

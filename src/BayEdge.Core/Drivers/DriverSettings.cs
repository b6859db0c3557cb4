using System.Collections.Immutable;
using System.Globalization;

namespace BayEdge.Core.Drivers;

/// <summary>The settings of one device, validated against its driver's <see cref="FieldSpec"/>s; defaults are filled in.</summary>
/// <param name="Values">By field key, as text in the invariant culture; <c>true</c> or <c>false</c> for booleans.</param>
public sealed record DriverSettings(ImmutableSortedDictionary<string, string> Values)
{
    public static DriverSettings Empty { get; } = new(ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    public static DriverSettings Of(params (string Key, string Value)[] values) =>
        new(values.ToImmutableSortedDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal));

    /// <summary>The value, or null when it is neither set nor has a default.</summary>
    public string? Find(string key) => Values.GetValueOrDefault(key);

    public string Text(string key) => Find(key) ?? throw new InvalidOperationException($"The driver asked for '{key}', which it does not declare as required.");

    public int Integer(string key) => int.Parse(Text(key), CultureInfo.InvariantCulture);

    public double Number(string key) => double.Parse(Text(key), CultureInfo.InvariantCulture);

    public bool Flag(string key) => bool.Parse(Text(key));

    public bool Equals(DriverSettings? other) => other is not null && Values.SequenceEqual(other.Values);

    public override int GetHashCode() => Values.Count;
}

using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace BayEdge.Core.Bays;

/// <summary>
/// A sentence written where it is said, as an interpolated string: the text around its values is its key, and the values are numbered
/// <c>{0}</c>, <c>{1}</c> ... A page finds the sentence by that key in another language; whoever does not know it shows the English.
/// </summary>
/// <remarks>Numbers are written as everywhere in the invariant culture.</remarks>
[InterpolatedStringHandler]
public sealed class Wording
{
    private readonly StringBuilder _key = new();
    private readonly StringBuilder _text = new();
    private readonly ImmutableSortedDictionary<string, string>.Builder _values = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
    private int _places;

    /// <param name="literalLength">As the compiler counts it.</param>
    /// <param name="formattedCount">Likewise.</param>
    public Wording(int literalLength, int formattedCount)
    {
    }

    private Wording(string text) => AppendLiteral(text);

    /// <summary>The sentence as it is logged and sent.</summary>
    public string Text => _text.ToString();

    public Phrase Phrase => new(_key.ToString(), Text) { Values = _values.ToImmutable() };

    /// <summary>A sentence without values; one that was put together elsewhere is shown as it is.</summary>
    public static implicit operator Wording(string text) => new(text);

    public static Wording FromString(string text) => new(text);

    /// <summary>Makes a wording of what a choice between interpolated strings yields, when it stands round the first of them.</summary>
    public static Wording Of(Wording wording) => wording;

    public void AppendLiteral(string value)
    {
        _key.Append(value);
        _text.Append(value);
    }

    public void AppendFormatted<T>(T value, string? format = null) =>
        Place(value is IFormattable number ? number.ToString(format, CultureInfo.InvariantCulture) : value?.ToString() ?? "");

    /// <summary>A sentence within the sentence, which is said in the other language, too.</summary>
    public void AppendFormatted(Wording value)
    {
        ArgumentNullException.ThrowIfNull(value);
        AppendFormatted(value.Phrase);
    }

    /// <summary>Likewise.</summary>
    public void AppendFormatted(Phrase value)
    {
        ArgumentNullException.ThrowIfNull(value);
        value.StandIn(_values, Place(value.Text));
    }

    public override string ToString() => Text;

    private string Place(string text)
    {
        var name = _places++.ToString(CultureInfo.InvariantCulture);
        _key.Append('{').Append(name).Append('}');
        _text.Append(text);
        _values[name] = text;
        return name;
    }
}

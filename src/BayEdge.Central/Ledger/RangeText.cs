using System.Globalization;
using BayEdge.Contracts.Consuming;

namespace BayEdge.Central.Ledger;

/// <summary>Ranges as the ledger keeps them: <c>1-500 502-510</c>.</summary>
internal static class RangeText
{
    public static string Format(IEnumerable<SequenceRange> ranges) =>
        string.Join(' ', ranges.Select(range => string.Create(CultureInfo.InvariantCulture, $"{range.First}-{range.Last}")));

    public static IEnumerable<SequenceRange> Parse(string text) =>
        from range in text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        let ends = range.Split('-')
        select new SequenceRange(
            long.Parse(ends[0], CultureInfo.InvariantCulture),
            long.Parse(ends[1], CultureInfo.InvariantCulture));
}

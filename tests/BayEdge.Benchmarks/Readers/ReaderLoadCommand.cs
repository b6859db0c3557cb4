using System.Globalization;

namespace BayEdge.Benchmarks.Readers;

/// <summary><c>readers</c>: the service under the reads of several busy LLRP readers, over TCP.</summary>
internal static class ReaderLoadCommand
{
    public const string Usage = "BayEdge.Benchmarks readers [--readers N] [--rate READS-A-SECOND] [--minutes N]";

    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter errors)
    {
        var (readers, rate, minutes) = (8, 1000, 10);
        for (var index = 0; index < arguments.Length; index += 2)
        {
            var given = index + 1 < arguments.Length ? arguments[index + 1] : "";
            var understood = arguments[index] switch
            {
                "--readers" => Number(given, 64, out readers),
                "--rate" => Number(given, 100_000, out rate),
                "--minutes" => Number(given, 24 * 60, out minutes),
                _ => false,
            };
            if (!understood)
            {
                await errors.WriteLineAsync($"Usage: {Usage}");
                return 2;
            }
        }

        return await ReaderLoad.RunAsync(readers, rate, TimeSpan.FromMinutes(minutes), output);
    }

    private static bool Number(string text, int most, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= 1 && number <= most;
}

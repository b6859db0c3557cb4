using BayEdge.Benchmarks.Fuzz;

namespace BayEdge.Benchmarks.Tests.Fuzz;

/// <summary>A small share of what <c>fuzz</c> runs.</summary>
public class FuzzTests
{
    private const int Cases = 20_000;
    private const int Seed = 20260302;

    public static TheoryData<string> Targets => new(FuzzTargets.All().Select(target => target.Name));

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Targets))]
    public Task Damaged_input_is_decoded_skipped_or_refused_in_words(string name)
    {
        var result = FuzzRun.Of(FuzzTargets.All().Single(target => target.Name == name), Cases, Seed);

        Assert.Null(result.Complaint);
        return Task.CompletedTask;
    }

    [Fact]
    public void A_decoder_that_crashes_is_named_with_the_case_that_broke_it()
    {
        var fragile = new FuzzTarget("fragile", [[1, 2, 3]], input => input.Span[2].ToString(), _ => false, _ => 1000);

        var complaint = FuzzRun.Of(fragile, Cases, Seed).Complaint;

        Assert.StartsWith($"seed {Seed}, case ", complaint, StringComparison.Ordinal);
        Assert.Contains("IndexOutOfRangeException", complaint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_decoder_that_believes_a_length_is_named()
    {
        var greedy = new FuzzTarget("greedy", [[1, 2, 3]], input => _ = new byte[input.Length == 0 ? 0 : input.Span[0] * 1000], _ => false, _ => 16_384);

        Assert.Contains("bytes allocated; at most 16384 were expected", FuzzRun.Of(greedy, Cases, Seed).Complaint, StringComparison.Ordinal);
    }
}

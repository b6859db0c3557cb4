using BayEdge.Core.Bays;
using BayEdge.Core.Commissioning;
using BayEdge.Core.Commissioning.Walk;
using BayEdge.Service.Commissioning;
using BayEdge.Service.Hosting;
using BayEdge.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace BayEdge.Service.Tests.Commissioning;

public sealed class ProgressFileTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Progress_survives_a_restart_of_the_device()
    {
        var phrase = CommissioningSentences.HandedOver.With(("by", "Fitter"), ("count", 1), ("of", 2));
        var walk = new WalkResult("bay-01", "沪AD12345", null, StepState.Warning, [new Check("arrive", StepState.Ok, phrase, 12)], Now, Now.AddMinutes(1));
        Keeper().Update(progress => (progress.With(CommissioningStep.Join, new StepRecord(StepState.Ok, phrase, [], Now))
            .With(walk, ["bay-01", "bay-02"]) with { HandedOverAt = Now }).Adopting("pi-01", [], Now).With("bay-01", new HeldAntenna("reader-1", 2)));

        var read = Keeper().Progress;

        Assert.Equal(Now, read.Steps[CommissioningStep.Join].PassedAt);
        Assert.Equal(("Verified", "1"), ("Verified", read.Steps[CommissioningStep.Join].Says.Values["count"]));
        Assert.Equal("1 of 2 bays verified", read.Steps[CommissioningStep.WalkTest].Says.Text);
        Assert.Equal("pi-01", read.AdoptedFrom);
        Assert.Equal(new HeldAntenna("reader-1", 2), read.Antennas["bay-01"]);
        Assert.Null(read.Next);
        var kept = read.Walks["bay-01"];
        Assert.Equal((walk.Plate, walk.State, walk.EndedAt, 12d), (kept.Plate, kept.State, kept.EndedAt, kept.Items[0].Milliseconds));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"steps":[{"step":"join"}],"walks":[]}""")]
    [InlineData("""{"steps":7}""")]
    public void A_file_that_cannot_be_used_begins_the_installation_anew(string content)
    {
        File.WriteAllText(_folder.File(ProgressFile.FileName), content);

        Assert.Equal(CommissioningStep.Join, Keeper().Progress.Next);
    }

    [Fact]
    public void A_running_step_is_shown_and_not_kept()
    {
        var keeper = Keeper();
        keeper.Report(CommissioningStep.Central, [new Check("dns", StepState.Running, new Phrase("any", "any"))]);

        Assert.Single(keeper.Running);
        Assert.Empty(keeper.Progress.Steps);

        keeper.Finish(CommissioningStep.Central, new StepRecord(StepState.Failed, new Phrase("any", "any"), [], Now));
        Assert.Empty(keeper.Running);
        Assert.Equal(StepState.Failed, Keeper().Progress.Steps[CommissioningStep.Central].State);
    }

    private CommissioningKeeper Keeper() => new(new ProgressFile(new DataFolder(_folder.Path)), NullLogger<CommissioningKeeper>.Instance);
}

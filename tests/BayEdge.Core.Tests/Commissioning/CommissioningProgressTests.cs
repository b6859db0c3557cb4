using BayEdge.Core.Bays;
using BayEdge.Core.Commissioning;
using BayEdge.Core.Commissioning.Walk;

namespace BayEdge.Core.Tests.Commissioning;

public sealed class CommissioningProgressTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly Phrase Says = new("any", "any");

    [Fact]
    public void A_new_device_begins_at_the_first_step() => Assert.Equal(CommissioningStep.Join, CommissioningProgress.None.Next);

    [Theory]
    [InlineData(StepState.Ok, CommissioningStep.Claim)]
    [InlineData(StepState.Warning, CommissioningStep.Claim)]
    [InlineData(StepState.Failed, CommissioningStep.Join)]
    [InlineData(StepState.Running, CommissioningStep.Join)]
    public void A_step_that_is_well_or_has_remarks_lets_the_installer_go_on(StepState state, CommissioningStep next) =>
        Assert.Equal(next, CommissioningProgress.None.With(CommissioningStep.Join, Step(state)).Next);

    [Fact]
    public void What_breaks_later_sends_nobody_back()
    {
        var progress = CommissioningProgress.None.With(CommissioningStep.Join, Step(StepState.Ok)).With(CommissioningStep.Join, Step(StepState.Failed));

        Assert.Equal(StepState.Failed, progress.Steps[CommissioningStep.Join].State);
        Assert.Equal(CommissioningStep.Claim, progress.Next);
    }

    [Fact]
    public void An_antenna_is_proved_for_the_bay_where_the_tag_was_held_last()
    {
        var progress = CommissioningProgress.None
            .With("bay-01", new HeldAntenna("reader-1", 1)).With("bay-02", new HeldAntenna("reader-1", 2)).With("bay-02", new HeldAntenna("reader-1", 1));

        Assert.Equal(KeyValuePair.Create("bay-02", new HeldAntenna("reader-1", 1)), Assert.Single(progress.Antennas));
    }

    [Fact]
    public void A_device_that_was_handed_over_never_begins_with_the_installation_again()
    {
        var progress = (CommissioningProgress.None with { HandedOverAt = Now }).With(CommissioningStep.Network, Step(StepState.Failed));

        Assert.Null(progress.Next);
    }

    [Fact]
    public void The_configuration_of_a_sister_takes_the_place_of_bays_readers_cameras_and_rules()
    {
        var progress = CommissioningProgress.None;
        foreach (var step in (CommissioningStep[])[CommissioningStep.Join, CommissioningStep.Claim, CommissioningStep.Network, CommissioningStep.Central])
            progress = progress.With(step, Step(StepState.Ok));

        var adopted = progress.Adopting("pi-01", [], Now);

        Assert.Equal(CommissioningStep.WalkTest, adopted.Next);
        Assert.Equal("taken over from pi-01", adopted.Steps[CommissioningStep.Readers].Says.Text);
        Assert.Equal("pi-01", adopted.AdoptedFrom);
    }

    [Fact]
    public void The_walk_test_is_passed_once_every_bay_is_verified()
    {
        string[] bays = ["bay-01", "bay-02"];
        var one = CommissioningProgress.None.With(Walk("bay-01", StepState.Ok), bays);
        var both = one.With(Walk("bay-02", StepState.Warning), bays);

        Assert.False(one.IsPassed(CommissioningStep.WalkTest));
        Assert.Equal("1 of 2 bays verified", one.Steps[CommissioningStep.WalkTest].Says.Text);
        Assert.True(both.IsPassed(CommissioningStep.WalkTest));
        Assert.Equal(StepState.Warning, both.Steps[CommissioningStep.WalkTest].State);
    }

    [Fact]
    public void A_sister_gives_everything_but_her_name_and_her_secrets()
    {
        var adopted = SisterConfiguration.Adopt(
            """{"site":"sh-01","device":"pi-01","bays":[{"id":"bay-01"}],"cameras":[{"id":"c","url":"rtsp://u:***@host/1?token=***&x=1","password":"***"}],"mqtt":{"password":"***"}}""",
            "pi-02",
            "***");

        Assert.Equal("pi-01", adopted.Sister);
        Assert.Equal("""{"site":"sh-01","device":"pi-02","bays":[{"id":"bay-01"}],"cameras":[{"id":"c","url":"rtsp://u@host/1?token=\u0026x=1"}],"mqtt":{}}""", adopted.Json);
        Assert.Equal(["c.url", "c.password", "mqtt.password"], adopted.LeftOut.Select(secret => secret.Name));
    }

    [Fact]
    public void What_must_be_typed_anew_after_a_sister_is_named_at_its_step()
    {
        var adopted = CommissioningProgress.None.Adopting("pi-01", [new("cameras", "c.url"), new("cameras", "c.password"), new("mqtt", "mqtt.password")], Now);

        Assert.Equal("taken over from pi-01, but without its secrets; enter anew: c.url, c.password", adopted.Steps[CommissioningStep.Cameras].Says.Text);
        Assert.Contains("mqtt.password", adopted.Steps[CommissioningStep.Bays].Says.Text, StringComparison.Ordinal);
        Assert.Equal(StepState.Ok, adopted.Steps[CommissioningStep.Readers].State);
        Assert.True(adopted.IsPassed(CommissioningStep.Cameras));
    }

    [Fact]
    public void A_backup_of_a_sister_is_as_good_as_her_configuration() => Assert.Equal(
        """{"device":"pi-02","bays":[]}""",
        SisterConfiguration.Adopt("""{"product":"BayEdge","version":"1","configuration":"{\"device\":\"pi-01\",\"bays\":[]}","secrets":null}""", "pi-02", "***").Json);

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"site":"sh-01"}""")]
    [InlineData("""{"device":7}""")]
    [InlineData("""{"device":"a","device":"b"}""")]
    [InlineData("""{"product":"BayEdge","configuration":"{"}""")]
    [InlineData("""{"product":"BayEdge","configuration":{}}""")]
    public void What_is_no_configuration_is_refused_with_a_sentence(string json) =>
        Assert.StartsWith("expected ", Assert.Throws<FormatException>(() => SisterConfiguration.Adopt(json, "pi-02", "***")).Message, StringComparison.Ordinal);

    private static StepRecord Step(StepState state) => new(state, Says, [], Now);

    private static WalkResult Walk(string bay, StepState state) => new(bay, null, null, state, [], Now, Now);
}

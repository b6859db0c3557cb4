using BayEdge.Core.Commissioning.Walk;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Service.Commissioning;
using BayEdge.Service.Hosting;
using BayEdge.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Service.Tests.Commissioning;

public sealed class TrialGateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly CommissioningKeeper _keeper;
    private readonly WalkService _walk;
    private readonly TagsWatch _tags;
    private readonly CameraLooks _looks;
    private readonly TrialGate _gate;

    public TrialGateTests()
    {
        _keeper = new CommissioningKeeper(new ProgressFile(new DataFolder(_folder.Path)), NullLogger<CommissioningKeeper>.Instance);
        _walk = new WalkService(_keeper, _time);
        _looks = new CameraLooks(_time);
        _tags = new TagsWatch(_time);
        _gate = new TrialGate(_keeper, _walk, _tags, _looks);
    }

    private TagSighting Tag => new(_time.Observe(), "reader-1", 1, "E280", -50, 1);

    private PlateSighting Plate => new(_time.Observe(), "cam-1", "bay-01", "沪AD12345", 0.9);

    public void Dispose()
    {
        _walk.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_device_that_nobody_installs_watches_its_bays()
    {
        Assert.True(_gate.Admits(Tag));
        Assert.True(_gate.Admits(Plate));
    }

    [Fact]
    public void A_tag_held_before_the_antennas_makes_no_visit_until_the_page_has_gone()
    {
        _tags.Ask();

        Assert.False(_gate.Admits(Tag));
        Assert.True(_gate.Admits(Plate));
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.True(_gate.Admits(Tag));
    }

    [Fact]
    public void A_plate_held_before_the_camera_makes_none_until_the_page_has_gone()
    {
        _looks.Watch("cam-1");

        Assert.False(_gate.Admits(Plate));
        Assert.True(_gate.Admits(Plate with { Source = "cam-2" }));
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.True(_gate.Admits(Plate));
    }

    [Fact]
    public void In_a_walk_test_everything_counts()
    {
        _tags.Ask();
        _walk.Begin(new WalkPlan { Bay = "bay-01" }, Workshop.WithBays(1));

        Assert.True(_gate.Admits(Tag));
    }

    [Fact]
    public void After_the_handover_everything_counts()
    {
        _tags.Ask();
        _keeper.Update(progress => progress with { HandedOverAt = _time.GetUtcNow() });

        Assert.True(_gate.Admits(Tag));
    }
}

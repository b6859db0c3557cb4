using BayEdge.Messaging.Certificates;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Messaging.Tests.Certificates;

public sealed class RefusedFilesTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly RefusedFiles _refused;

    public RefusedFilesTests() => _refused = new RefusedFiles(TimeSpan.FromMinutes(1), () => 1, _time);

    [Fact]
    public void Refused_certificates_are_tried_again_ever_more_rarely_but_once_an_hour()
    {
        foreach (var minutes in (int[])[1, 2, 4, 8, 16, 32, 60, 60])
            AssertWaits("one", TimeSpan.FromMinutes(minutes));
    }

    [Fact]
    public void Other_certificates_are_tried_at_once_and_then_as_patiently_as_the_first()
    {
        AssertWaits("one", TimeSpan.FromMinutes(1));
        _refused.Note("one", "refused");

        Assert.Null(_refused.Find("two"));
        AssertWaits("two", TimeSpan.FromMinutes(1));
    }

    private void AssertWaits(string stamp, TimeSpan wait)
    {
        _refused.Note(stamp, "refused");
        _time.Advance(wait - TimeSpan.FromSeconds(1));
        Assert.Equal("refused", _refused.Find(stamp));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(_refused.Find(stamp));
    }
}

using System.Text;
using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.Events;

namespace BayEdge.Contracts.Tests.Consuming;

public sealed class ReceivedStatusTests
{
    private const string Topic = "bayedge/v1/sh-01/pi-01/status";

    [Theory]
    [InlineData("""{"state":"online","bootId":"b","epoch":3,"lastSequence":9,"backlog":5,"firstUnconfirmed":5}""", 3, 5)]
    [InlineData("""{"state":"online","bootId":"b","epoch":3,"lastSequence":9,"backlog":0}""", 3, 10)]
    [InlineData("""{"state":"online","bootId":"b","epoch":3,"lastSequence":0,"backlog":0}""", 3, 1)]
    [InlineData("""{"state":"online","bootId":"b","epoch":3,"lastSequence":1,"backlog":9,"firstUnconfirmed":700,"firstUnconfirmedEpoch":2}""", 2, 700)]
    public void A_status_says_from_where_on_the_device_keeps_its_events(string payload, int epoch, long sequence)
    {
        Assert.True(ReceivedStatus.TryRead(Topic, Encoding.UTF8.GetBytes(payload), out var received, out var problem), problem);

        Assert.Equal(("sh-01", "pi-01"), (received.Site, received.Device));
        Assert.Equal(new EventPosition(epoch, sequence), received.KeptFrom);
    }

    [Theory]
    [InlineData("""{"state":"online","bootId":"b","epoch":3,"lastSequence":9,"backlog":1,"firstUnconfirmed":10}""",
        "expected firstUnconfirmed between 1 and lastSequence 9, but found 10")]
    [InlineData("""{"state":"online","bootId":"b","epoch":3,"lastSequence":9,"backlog":1,"firstUnconfirmed":0}""",
        "expected firstUnconfirmed between 1 and lastSequence 9, but found 0")]
    [InlineData("""{"state":"online","bootId":"b","epoch":3,"lastSequence":-1,"backlog":1}""",
        "expected a lastSequence of 0 or more, but found -1")]
    [InlineData("""{"state":"online","bootId":"b","epoch":3,"lastSequence":9,"backlog":1,"firstUnconfirmed":4,"firstUnconfirmedEpoch":3}""",
        "expected a firstUnconfirmedEpoch before epoch 3, but found 3")]
    [InlineData("""{"state":"asleep","bootId":"b","epoch":3,"lastSequence":9,"backlog":1}""", "expected a device status as JSON, but ")]
    [InlineData("""{"state":"online"}""", "expected a device status as JSON, but ")]
    [InlineData("null", "expected a device status, but found null")]
    [InlineData("", "expected a device status as JSON, but ")]
    public void What_is_no_status_is_said_in_a_sentence(string payload, string expected)
    {
        Assert.False(ReceivedStatus.TryRead(Topic, Encoding.UTF8.GetBytes(payload), out _, out var problem));
        Assert.StartsWith(expected, problem, StringComparison.Ordinal);
    }
}

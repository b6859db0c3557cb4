using System.Text;
using BayEdge.Contracts.Commands;
using BayEdge.Contracts.Events;
using BayEdge.Core.Commands;

namespace BayEdge.Core.Tests.Commands;

public sealed class CommandReaderTests
{
    [Fact]
    public void A_command_is_read_with_its_transaction()
    {
        var reading = Read("replay", """{"transaction":"t-1","data":{"epoch":1,"from":4711}}""");

        Assert.Equal("t-1", reading.Transaction);
        Assert.Equal(new ReplayAsked(new EventPosition(1, 4711)), reading.Command);
        Assert.Null(reading.Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"transaction":""}""")]
    [InlineData("""{"transaction":7}""")]
    [InlineData("""{"transaction":"two words"}""")]
    [InlineData("""{"transaction":"t\n2026-01-01 INF invented"}""")]
    [InlineData("""{"transaction":"t-1","force":true}""")]
    [InlineData("""{"transaction":"t-1"} and more""")]
    [InlineData("""{"transaction":"t-1","transaction":"t-2"}""")]
    [InlineData("""{"transaction":"\ud800"}""")]
    [InlineData("""{"transaction":"t-1","\udc00":1}""")]
    public void What_is_no_command_is_refused_with_a_reason(string payload)
    {
        var reading = Read("restart", payload);

        Assert.Null(reading.Command);
        Assert.Equal(CommandErrors.Malformed, reading.Error!.Key);
        Assert.DoesNotContain("BayEdge.", reading.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plate_is_compared_by_its_letters_and_digits() => Assert.Equal(
        new PlateAsked("bay-01", "v-1", "沪AD12345"),
        Read("correctPlate", """{"transaction":"t-1","data":{"bay":"bay-01","visitId":"v-1","plate":"沪A·d 12345"}}""").Command);

    [Theory]
    [InlineData("replay", "")]
    [InlineData("replay", ""","data":null""")]
    [InlineData("replay", ""","data":{"epoch":1}""")]
    [InlineData("replay", ""","data":{"epoch":1,"from":0}""")]
    [InlineData("replay", ""","data":{"epoch":1,"from":"1"}""")]
    [InlineData("replay", ""","data":{"epoch":1,"from":1,"upTo":2}""")]
    [InlineData("restart", ""","data":{}""")]
    [InlineData("evidencePicture", ""","data":{"id":"../../etc/shadow"}""")]
    [InlineData("correctPlate", ""","data":{"bay":"bay-01","visitId":"v-1"}""")]
    [InlineData("correctPlate", ""","data":{"bay":"bay-01","visitId":"v-1","plate":"·A1"}""")]
    [InlineData("correctPlate", ""","data":{"bay":"bay-01","visitId":"v-1","plate":"沪AD1234567890"}""")]
    [InlineData("expectedVehicles", ""","data":{"action":"clear"}""")]
    [InlineData("expectedVehicles", ""","data":{"action":"get","vehicles":[]}""")]
    [InlineData("expectedVehicles", ""","data":{"action":"set"}""")]
    [InlineData("expectedVehicles", ""","data":{"action":"set","vehicles":[],"remove":["WO-1"]}""")]
    [InlineData("expectedVehicles", ""","data":{"action":"set","vehicles":[{"ref":" "}]}""")]
    [InlineData("expectedVehicles", ""","data":{"action":"merge"}""")]
    [InlineData("expectedVehicles", ""","data":{"action":"merge","remove":[null]}""")]
    public void Data_that_the_command_does_not_understand_whole_is_refused(string name, string data)
    {
        var reading = Read(name, $$"""{"transaction":"t-1"{{data}}}""");

        Assert.Null(reading.Command);
        Assert.Equal(("t-1", CommandErrors.DataInvalid), (reading.Transaction, reading.Error!.Key));
    }

    [Fact]
    public void A_command_that_the_device_does_not_know_is_answered_with_those_that_it_knows()
    {
        var error = Read("selfDestruct", """{"transaction":"t-1"}""").Error!;

        Assert.Equal(CommandErrors.Unknown, error.Key);
        Assert.Contains("'selfDestruct'", error.Text, StringComparison.Ordinal);
        Assert.Contains(CommandNames.Replay, error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_beyond_all_measure_is_not_even_parsed()
    {
        var reading = CommandReader.Read("restart", new byte[CommandReader.MaximumBytes + 1]);

        Assert.Equal(CommandErrors.TooLarge, reading.Error!.Key);
    }

    [Fact]
    public void Vehicles_come_out_as_they_are_compared()
    {
        var asked = (VehiclesAsked)Read("expectedVehicles", """{"transaction":"t","data":{"action":"merge","vehicles":[{"ref":"WO-1","plate":"沪a·d12345","tags":[" e280ab "]}]}}""").Command!;

        Assert.Equal(("沪AD12345", "E280AB"), (asked.Vehicles[0].Plate, asked.Vehicles[0].Tags[0]));
    }

    [Theory]
    [InlineData("get", CommandRight.Read)]
    [InlineData("set", CommandRight.Operate)]
    public void To_look_at_a_list_is_another_right_than_to_change_it(string action, CommandRight right)
    {
        var vehicles = action == "set" ? ""","vehicles":[]""" : "";

        Assert.Equal(right, Read("expectedVehicles", $$$"""{"transaction":"t","data":{"action":"{{{action}}}"{{{vehicles}}}}}""").Command!.Right);
    }

    private static CommandReading Read(string name, string payload) => CommandReader.Read(name, Encoding.UTF8.GetBytes(payload));
}

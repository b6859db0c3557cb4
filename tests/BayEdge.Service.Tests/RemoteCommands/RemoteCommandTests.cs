using System.Text.Json.Nodes;
using BayEdge.Contracts.Events;
using BayEdge.Core.Bays;
using BayEdge.Core.Commands;
using BayEdge.Core.Delivery;
using BayEdge.Core.Drivers;
using BayEdge.Core.Timing;
using BayEdge.Service.Bays;
using BayEdge.Service.Pictures;
using Microsoft.Extensions.DependencyInjection;

namespace BayEdge.Service.Tests.RemoteCommands;

/// <summary>The central system commands a whole service over Debian's Mosquitto.</summary>
public sealed class RemoteCommandTests
{
    private const int Limit = 60_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit)]
    public async Task Diagnostics_tell_how_the_device_is_without_a_secret()
    {
        await using var device = await CommandedDevice.StartAsync();

        var reply = await device.SendAsync("diagnostics", "t-1", null);

        Assert.Equal("ok", (string?)reply["status"]);
        Assert.Equal("reader-1", (string?)reply["data"]!["health"]!["sources"]![0]!["id"]);
        Assert.Contains("t-1", device.Log(), StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_restart_comes_after_its_reply_and_the_same_command_after_it_restarts_nothing()
    {
        await using var device = await CommandedDevice.StartAsync();

        var first = device.Runtime;
        Assert.Equal("ok", (string?)(await device.SendAsync("restart", "t-1", null))["status"]);
        while (device.Runtime is null || device.Runtime == first)
            await Task.Delay(10, Cancellation);
        await device.StartAgainAsync();
        var again = await device.SendAsync("restart", "t-1", null);

        Assert.True((bool?)again["repeated"]);
        Assert.False(device.IsRestarting);
    }

    [Fact(Timeout = Limit)]
    public async Task Vehicles_that_a_command_names_are_expected_at_once_and_after_a_restart()
    {
        await using var device = await CommandedDevice.StartAsync();

        var reply = await device.SendAsync(
            "expectedVehicles", "t-1", JsonNode.Parse("""{"action":"merge","vehicles":[{"ref":"WO-7","plate":"沪AD54321","tags":[]}]}"""));
        Assert.Equal(2, (int?)reply["data"]!["count"]);
        await device.StartAgainAsync();
        var list = await device.SendAsync("expectedVehicles", "t-2", JsonNode.Parse("""{"action":"get"}"""));

        Assert.Equal(["command WO-7", "configuration WO-1001"], list["data"]!["vehicles"]!.AsArray().Select(listed => $"{listed!["origin"]} {listed["vehicle"]!["ref"]}"));
        var loop = device.Services.GetRequiredService<BayLoop>();
        while (!loop.Stored.Expected.Any(vehicle => vehicle.Ref == "WO-7"))
            await Task.Delay(10, Cancellation);
    }

    [Fact(Timeout = Limit)]
    public async Task A_replay_names_the_first_event_that_is_still_kept()
    {
        await using var device = await CommandedDevice.StartAsync();
        var journal = device.Services.GetRequiredService<IJournal>();
        journal.Append([.. Enumerable.Range(0, 3).Select(_ => new PendingEvent("bayedge/v1/sh-01/pi-01/events", DateTimeOffset.UnixEpoch, _ => "{}"u8.ToArray()))], "{}"u8.ToArray());
        device.Services.GetRequiredService<IOutbox>().Confirm(journal.Epoch, 1);

        var reply = await device.SendAsync("replay", "t-1", JsonNode.Parse($$"""{"epoch":{{journal.Epoch}},"from":1}"""));
        var beyond = await device.SendAsync("replay", "t-2", JsonNode.Parse($$"""{"epoch":{{journal.Epoch}},"from":4}"""));

        Assert.Equal(2, (int?)reply["data"]!["from"]!["sequence"]);
        Assert.Equal("replay.unknown", (string?)beyond["error"]!["key"]);
    }

    [Theory(Timeout = Limit)]
    [InlineData("restart", "not json", "command.malformed", null)]
    [InlineData("restart", """{"transaction":"t-1","data":{"hard":true}}""", "data.invalid", "t-1")]
    [InlineData("frobnicate", """{"transaction":"t-1"}""", "command.unknown", "t-1")]
    [InlineData("evidencePicture", """{"transaction":"t-1","data":{"id":"cam-1-7"}}""", "picture.unknown", "t-1")]
    [InlineData("correctPlate", """{"transaction":"t-1","data":{"bay":"bay-01","visitId":"v-1","plate":"沪AD12345"}}""", "visit.unknown", "t-1")]
    public async Task What_cannot_be_carried_out_is_answered_with_the_reason_and_changes_nothing(string name, string payload, string key, string? transaction)
    {
        await using var device = await CommandedDevice.StartAsync();

        var reply = await device.SendAsync(name, payload);

        Assert.Equal(("error", key, transaction), ((string?)reply["status"], (string?)reply["error"]!["key"], (string?)reply["transaction"]));
        Assert.False(device.IsRestarting);
        Assert.Contains(key, device.Log(), StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_picture_that_an_event_names_is_sent()
    {
        await using var device = await CommandedDevice.StartAsync();
        var at = TimeProvider.System.Observe();
        device.Page.GetRequiredService<PictureTray>().Lay(new ScenePicture("cam-1", ["bay-01"], at, new byte[] { 1, 2, 3 }));
        var told = device.Services.GetRequiredService<IPictureNaming>().Name(
            new VehicleEntered("bay-01", "v-1", new Vehicle(), at, at, at, at, [new Evidence("reader-1", "tag", "tag read")]));
        var id = told.Evidence[0].Pictures![0];
        while (await device.Page.GetRequiredService<EvidencePictures>().FindAsync(id, TestContext.Current.CancellationToken) is null)
            await Task.Delay(20, TestContext.Current.CancellationToken);

        var reply = await device.SendAsync("evidencePicture", "t-1", JsonNode.Parse($$"""{"id":"{{id}}"}"""));

        Assert.Equal((id, "image/jpeg", "AQID"), ((string?)reply["data"]!["id"], (string?)reply["data"]!["contentType"], (string?)reply["data"]!["content"]));
    }

    [Fact(Timeout = Limit)]
    public async Task A_plate_is_corrected_by_command_and_the_reply_says_what_is_told()
    {
        await using var device = await CommandedDevice.StartAsync();
        var visit = await device.EnterAsync("E28068940000509999999999");
        JsonNode Word(string plate) => new JsonObject { ["bay"] = "bay-01", ["visitId"] = visit, ["plate"] = plate };

        var identified = await device.SendAsync("correctPlate", "t-1", Word("沪AD12346"));
        var again = await device.SendAsync("correctPlate", "t-2", Word("沪A·d12346"));
        var corrected = await device.SendAsync("correctPlate", "t-3", Word("沪AD12347"));

        Assert.Equal(("ok", "identified"), ((string?)identified["status"], (string?)identified["data"]!["told"]));
        Assert.Equal(("ok", "corrected"), ((string?)corrected["status"], (string?)corrected["data"]!["told"]));
        Assert.Equal(("ok", "nothing"), ((string?)again["status"], (string?)again["data"]!["told"]));
    }

    [Fact(Timeout = Limit)]
    public async Task A_plate_that_stands_in_another_bay_is_no_correction_and_ends_no_visit()
    {
        await using var device = await CommandedDevice.StartAsync(hasTwoBays: true);
        var elsewhere = await device.EnterAsync("E28068940000501234567890", bay: 2);
        var visit = await device.EnterAsync("E28068940000509999999999");

        var reply = await device.SendAsync("correctPlate", "t-1", new JsonObject { ["bay"] = "bay-01", ["visitId"] = visit, ["plate"] = "沪AD12345" });

        Assert.Equal(("error", "plate.elsewhere"), ((string?)reply["status"], (string?)reply["error"]!["key"]));
        Assert.Equal([visit, elsewhere], BayStates.Of(device.Services.GetRequiredService<BayLoop>().Stored).OrderBy(bay => bay.Bay, StringComparer.Ordinal).Select(bay => bay.VisitId));
    }

    [Fact(Timeout = Limit)]
    public async Task Who_may_only_read_corrects_no_plate()
    {
        await using var device = await CommandedDevice.StartAsync(CommandRight.Read);

        var reply = await device.SendAsync("correctPlate", "t-1", JsonNode.Parse("""{"bay":"bay-01","visitId":"v-1","plate":"沪AD12346"}"""));

        Assert.Equal("command.notAllowed", (string?)reply["error"]!["key"]);
    }

    [Fact(Timeout = Limit)]
    public async Task An_oversized_command_is_refused()
    {
        await using var device = await CommandedDevice.StartAsync();

        var reply = await device.SendAsync("expectedVehicles", new string(' ', CommandReader.MaximumBytes + 1));

        Assert.Equal("command.tooLarge", (string?)reply["error"]!["key"]);
    }

    [Fact(Timeout = Limit)]
    public async Task Who_may_only_read_does_not_restart_the_device()
    {
        await using var device = await CommandedDevice.StartAsync(CommandRight.Read);

        Assert.Equal("command.notAllowed", (string?)(await device.SendAsync("restart", "t-1", null))["error"]!["key"]);
        Assert.Equal("ok", (string?)(await device.SendAsync("diagnostics", "t-2", null))["status"]);
        Assert.False(device.IsRestarting);
    }

    [Fact(Timeout = Limit)]
    public async Task A_transaction_serves_one_command()
    {
        await using var device = await CommandedDevice.StartAsync();
        await device.SendAsync("expectedVehicles", "t-1", JsonNode.Parse("""{"action":"set","vehicles":[]}"""));

        var reply = await device.SendAsync("restart", "t-1", null);

        Assert.Equal("transaction.reused", (string?)reply["error"]!["key"]);
        Assert.False(device.IsRestarting);
    }

    [Fact(Timeout = Limit)]
    public async Task A_memory_that_is_damaged_is_said_and_the_device_obeys_all_the_same()
    {
        await using var device = await CommandedDevice.StartAsync();
        await device.SendAsync("expectedVehicles", "t-1", JsonNode.Parse("""{"action":"set","vehicles":[]}"""));
        await File.WriteAllTextAsync(device.Folder.File("commands.json"), "torn", Cancellation);

        await device.StartAgainAsync();
        var reply = await device.SendAsync("expectedVehicles", "t-1", JsonNode.Parse("""{"action":"set","vehicles":[]}"""));

        Assert.Equal("ok", (string?)reply["status"]);
        Assert.Contains("1706", device.Log(), StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_configuration_is_got_changed_set_and_confirmed_without_a_secret_having_been_seen()
    {
        await using var device = await CommandedDevice.StartAsync(CommandRight.Configure);
        var got = await device.SendAsync("getConfiguration", "t-1", null);
        var configuration = got["data"]!["configuration"]!.DeepClone();
        configuration["bays"]![0]!["name"] = "Lift 1";

        var set = await device.SendAsync("setConfiguration", "t-2", new JsonObject { ["configuration"] = configuration, ["revision"] = got["data"]!["revision"]!.DeepClone() });
        var waits = await device.SendAsync("getConfiguration", "t-3", null);
        var confirmed = await device.SendAsync("confirmConfiguration", "t-4", new JsonObject { ["revision"] = set["data"]!["revision"]!.DeepClone() });
        var holds = await device.SendAsync("getConfiguration", "t-5", null);

        Assert.Equal(("ok", "ok"), ((string?)set["status"], (string?)confirmed["status"]));
        Assert.NotNull(waits["data"]!["confirmBy"]);
        Assert.Null(holds["data"]!["confirmBy"]);
        Assert.Equal("Lift 1", (string?)holds["data"]!["configuration"]!["bays"]![0]!["name"]);
    }

    [Fact(Timeout = Limit)]
    public async Task A_configuration_that_nobody_confirms_is_taken_back()
    {
        await using var device = await CommandedDevice.StartAsync(CommandRight.Configure);
        var got = await device.SendAsync("getConfiguration", "t-1", null);
        var configuration = got["data"]!["configuration"]!.DeepClone();
        configuration["language"] = "zh-CN";

        await device.SendAsync("setConfiguration", "t-2", new JsonObject { ["configuration"] = configuration, ["confirmSeconds"] = 5 });
        var number = 3;
        while ((string?)(await device.SendAsync("getConfiguration", $"t-{number++}", null))["data"]!["configuration"]!["language"] != "en")
            await Task.Delay(1000, Cancellation);
    }

    [Fact(Timeout = Limit)]
    public async Task What_cannot_hold_is_refused_and_what_held_still_does()
    {
        await using var device = await CommandedDevice.StartAsync(CommandRight.Configure);
        var got = await device.SendAsync("getConfiguration", "t-1", null);
        var wrong = got["data"]!["configuration"]!.DeepClone();
        wrong["bays"] = new JsonArray();
        var elsewhere = got["data"]!["configuration"]!.DeepClone();
        elsewhere["mqtt"]!["url"] = "mqtt://192.0.2.9";

        var invalid = await device.SendAsync("setConfiguration", "t-2", new JsonObject { ["configuration"] = wrong });
        var unconfirmed = await device.SendAsync("setConfiguration", "t-3", new JsonObject { ["configuration"] = elsewhere, ["confirmSeconds"] = 0 });
        var late = await device.SendAsync("setConfiguration", "t-4", new JsonObject { ["configuration"] = elsewhere.DeepClone(), ["revision"] = "0123" });
        var nothing = await device.SendAsync("confirmConfiguration", "t-5", new JsonObject { ["revision"] = "0123" });

        Assert.Equal("configuration.invalid", (string?)invalid["error"]!["key"]);
        Assert.Equal("configuration.needsConfirmation", (string?)unconfirmed["error"]!["key"]);
        Assert.Equal("configuration.changed", (string?)late["error"]!["key"]);
        Assert.Equal("configuration.notWaiting", (string?)nothing["error"]!["key"]);
        Assert.Equal((string?)got["data"]!["revision"], (string?)(await device.SendAsync("getConfiguration", "t-6", null))["data"]!["revision"]);
    }

    [Fact(Timeout = Limit)]
    public async Task Who_may_only_operate_does_not_configure()
    {
        await using var device = await CommandedDevice.StartAsync();

        var reply = await device.SendAsync("setConfiguration", "t-1", JsonNode.Parse("""{"configuration":{}}"""));

        Assert.Equal("command.notAllowed", (string?)reply["error"]!["key"]);
    }
}

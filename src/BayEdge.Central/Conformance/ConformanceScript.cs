using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.Events;

namespace BayEdge.Central.Conformance;

/// <summary>What the played device has to tell, part by part.</summary>
/// <remarks>A part adds events to the device and gives their numbers. What is new in the contract gets a part of its own.</remarks>
internal static class ConformanceScript
{
    private static readonly Vehicle Known = new() { Plate = "沪AD12345", PlateConfidence = 0.97, Ref = "WO-1001", Tags = ["E28068940000501234567890"] };

    /// <summary>Vehicles that come unidentified, are identified and leave.</summary>
    public static SequenceRange PlainVisits(ScriptedDevice device, string name, int visits) => Part(device, () =>
    {
        for (var i = 0; i < visits; i++)
        {
            var (visit, bay, minute) = ($"{name}-{i}", $"bay-0{(i % 3) + 1}", 10.0 * i);
            var vehicle = Known with { Plate = $"沪AD1{i:0000}", Ref = $"WO-{name}-{i}" };
            device.Enter(visit, bay, minute);
            device.Identify(visit, bay, minute, vehicle);
            device.Leave(visit, bay, minute, minute + 47.5 + i, vehicle);
        }
    });

    /// <summary>Visits that are said anew: the entering, the leaving, the vehicle, the bay; and one that never was.</summary>
    public static SequenceRange SecondThoughts(ScriptedDevice device) => Part(device, () =>
    {
        device.Enter("entered-anew", "bay-01", 300);
        device.Correct("entered-anew", "bay-01", 290, "the clock was set", Known);
        device.Leave("entered-anew", "bay-01", 290, 330, Known);

        device.Enter("left-anew", "bay-02", 300, Known);
        device.Leave("left-anew", "bay-02", 300, 340, Known);
        device.Correct("left-anew", "bay-02", 335, "seen leaving earlier", Known, enteredMinute: 301);

        device.Enter("moved", "bay-02", 350, Known);
        device.Correct("moved", "bay-03", 350, "the bay beside", Known with { Plate = "沪AD54321" });
        device.Leave("moved", "bay-03", 350, 380, Known with { Plate = "沪AD54321" });

        device.Enter("never-was", "bay-01", 400, Known);
        device.Leave("never-was", "bay-01", 400, 410, Known);
        device.Retract("never-was", "bay-01", 400, "a tag on a shelf");

        device.Enter("still-there", "bay-01", 420, Known);
    });

    /// <summary>Everything that the contract allows and that breaks careless programs.</summary>
    public static SequenceRange StrangeContent(ScriptedDevice device) => Part(device, () =>
    {
        device.Enter("o'brien\"; DROP TABLE visits; --", "bay.01_x-", 500, new Vehicle { Plate = "粤Z😀1港", Ref = "</script><b>'\"\\,;\t\r\n" });
        device.Leave("o'brien\"; DROP TABLE visits; --", "bay.01_x-", 500, 510, new Vehicle { Plate = "=cmd|' /C calc'!A0", Ref = "\u202Eevil\uFEFF" });
        device.Enter("nul", "bay-01", 520, new Vehicle { Plate = "A\0B", Ref = new string('长', 4000) });
        device.ExtendLast();
        device.FromTheFuture(521);
        device.Leave("nul", "bay-01", 520, 530, new Vehicle { Tags = [.. Enumerable.Range(0, 60).Select(i => $"E2806894{i:X16}")] });
    });

    /// <summary>The first event after a journal was lost.</summary>
    public static SequenceRange NewEpoch(ScriptedDevice device, ScriptedDevice before) => Part(device, () =>
    {
        device.Gap(new GapData
        {
            Reason = "journal-damaged", From = device.At(600), To = device.At(601),
            PreviousEpoch = before.Source.Epoch, PreviousLastSequence = before.Count,
        });
        device.Enter("after-the-loss", "bay-02", 602, Known);
        device.Leave("after-the-loss", "bay-02", 602, 632, Known);
    });

    private static SequenceRange Part(ScriptedDevice device, Action add)
    {
        var first = device.Count + 1;
        add();
        return new SequenceRange(first, device.Count);
    }
}

using BayEdge.Core.Drivers;
using BayEdge.Drivers.Serial;
using BayEdge.Simulator.Readers.Serial;
using BayEdge.TestKit;

namespace BayEdge.Drivers.Tests.Serial;

public class SerialPortsTests
{
    private readonly SerialPorts _ports = new(TimeProvider.System);

    [Fact]
    public void A_port_that_is_not_there_is_named()
    {
        var fault = Assert.Throws<DeviceFaultException>(() => _ports.Open("/dev/serial/by-id/usb-none", 115_200));

        Assert.Equal(DeviceFaultKind.Unreachable, fault.Kind);
        Assert.StartsWith("There is no serial port /dev/serial/by-id/usb-none. Check the reader's cable and the setting port. ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_port_is_a_fault_and_not_a_crash()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("notes.txt"), "no port");

        var fault = Assert.Throws<DeviceFaultException>(() => _ports.Open(folder.File("notes.txt"), 115_200));

        Assert.Equal(DeviceFaultKind.Local, fault.Kind);
        Assert.Equal(
            $"The serial port {folder.File("notes.txt")} cannot be opened with 115200 Bd. Check that no other program holds it and that it is a serial port.",
            fault.Message);
    }

    [Fact]
    public async Task A_port_without_permission_is_told_from_one_that_is_busy()
    {
        using var folder = new TemporaryFolder();
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "The system administrator may open everything.");
        await File.WriteAllTextAsync(folder.File("port"), "", TestContext.Current.CancellationToken);
        await ToolProcess.RunAsync("chmod", ["000", folder.File("port")], TestContext.Current.CancellationToken);

        var fault = Assert.Throws<DeviceFaultException>(() => _ports.Open(folder.File("port"), 115_200));

        Assert.Equal(DeviceFaultKind.Local, fault.Kind);
        Assert.Equal(SerialPorts.Forbidden(folder.File("port")).Message, fault.Message);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_adapter_that_comes_back_under_another_number_is_found_by_its_lasting_name()
    {
        await using var module = SimulatedR200.Start(new SimulatedR200Options(), TimeProvider.System);
        await using var cable = await SerialCable.PlugInAsync(module);
        var ports = new SerialPorts(TimeProvider.System, Path.GetDirectoryName(cable.Path)!);
        var firstNumber = File.ResolveLinkTarget(cable.Path, returnFinalTarget: true)!.FullName;
        using (ports.Open(firstNumber, 115_200))
            await cable.UnplugAsync();
        Assert.Equal(DeviceFaultKind.Unreachable, Assert.Throws<DeviceFaultException>(() => ports.Open(firstNumber, 115_200)).Kind);

        // Other adapters take the numbers that are free, until one has the number that this one had.
        await using var otherModule = SimulatedR200.Start(new SimulatedR200Options(), TimeProvider.System);
        List<SerialCable> others = [];
        while (!File.Exists(firstNumber) && others.Count < 16)
            others.Add(await SerialCable.PlugInAsync(otherModule));
        await cable.PlugInAsync();
        Assert.NotEqual(firstNumber, File.ResolveLinkTarget(cable.Path, returnFinalTarget: true)!.FullName);

        using var line = ports.Open(firstNumber, 115_200);
        ReadOnlyMemory<byte> heard = default;
        while (heard.IsEmpty)
        {
            module.SendGarbage("m"u8.ToArray());
            heard = await line.ReceiveAsync(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
        }

        Assert.Equal((byte)'m', heard.Span[0]);
        foreach (var other in others)
            await other.DisposeAsync();
    }

    [Fact(Timeout = 30_000)]
    public async Task Another_adapter_under_the_same_number_is_not_taken_for_the_one_that_was_there_and_what_to_do_is_said()
    {
        await using var module = SimulatedR200.Start(new SimulatedR200Options(), TimeProvider.System);
        await using var cable = await SerialCable.PlugInAsync(module);
        using var folder = new TemporaryFolder();
        var lasting = folder.File("usb-first");
        File.CreateSymbolicLink(lasting, File.ResolveLinkTarget(cable.Path, returnFinalTarget: true)!.FullName);
        var ports = new SerialPorts(TimeProvider.System, folder.Path);
        var number = File.ResolveLinkTarget(lasting, returnFinalTarget: true)!.FullName;
        ports.Open(number, 115_200).Dispose();

        File.Move(lasting, folder.File("usb-second"));
        var fault = Assert.Throws<DeviceFaultException>(() => ports.Open(number, 115_200));

        Assert.Equal(
            $"The adapter {lasting}, on which the reader at {number} was, is gone, and {number} is another one now. Plug it in again; if it was replaced for good, restart the service.",
            fault.Message);
    }

    [Fact]
    public void The_group_to_join_is_dialout() => Assert.Equal(
        "The service may not use /dev/ttyUSB0. Add its user to the group dialout (sudo usermod -aG dialout bayedge) and restart it.",
        SerialPorts.Forbidden("/dev/ttyUSB0").Message);
}

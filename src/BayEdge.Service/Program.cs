using System.CommandLine;
using System.Runtime.Versioning;
using BayEdge.Service.Commands;
using BayEdge.Service.Hosting;

[assembly: SupportedOSPlatform("linux")]

NativeHeap.KeepSmall();

#pragma warning disable RS0030 // The one place that names the system clock; everything else is given it.
var time = TimeProvider.System;
#pragma warning restore RS0030
var root = new RootCommand("BayEdge: knows when each vehicle entered and left each bay, and tells the central system.")
{
    RunCommand.Create(time),
    DemoCommand.Create(time),
    ReplayCommand.Create(time),
    RecordCommand.Create(time),
    PlatesCommand.Create(time),
    ListenCommand.Create(time),
    LedgerCommand.Create(time),
    CommandCommand.Create(time),
    ConformanceCommand.Create(time),
    FleetCommand.Create(time),
    CheckCommand.Create(time),
    DiscoverCommand.Create(time),
    ReaderCommand.Create(time),
    LabelCommand.Create(),
};
return await CommandRunner.RunAsync(root, args);

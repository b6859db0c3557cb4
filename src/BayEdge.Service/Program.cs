using System.CommandLine;
using BayEdge.Service.Commands;

var root = new RootCommand("BayEdge: knows when each vehicle entered and left each bay, and tells the central system.")
{
    RunCommand.Create(),
    DemoCommand.Create(),
    ReplayCommand.Create(),
    PlatesCommand.Create(),
    ListenCommand.Create(),
    CheckCommand.Create(),
};
return await CommandRunner.RunAsync(root, args);

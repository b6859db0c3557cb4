using System.Text.Json;
using BayEdge.Core.Commands;
using BayEdge.Core.Delivery;
using BayEdge.Service.Hosting;
using BayEdge.Storage.Files;

namespace BayEdge.Service.RemoteCommands;

/// <summary>Remembers on the disk what was carried out, so that a command that comes again after a restart changes nothing.</summary>
internal sealed partial class CommandMemoryFile
{
    private readonly string _file;
    private readonly ILogger _logger;

    public CommandMemoryFile(DataFolder folder, ILogger<CommandMemoryFile> logger)
    {
        (_file, _logger) = (Path.Combine(folder.Path, "commands.json"), logger);
        try
        {
            if (PrivateFile.Read(_file) is { } content)
                Memory = CommandMemory.Read(content);
        }
        catch (Exception exception) when (exception is JsonException or StorageFaultException)
        {
            Log.Unreadable(logger, exception);
        }
    }

    public CommandMemory Memory { get; private set; } = CommandMemory.Empty;

    /// <summary>Where the disk does not take it, it is remembered until the service ends.</summary>
    /// <returns>Whether it will be known after a restart, too.</returns>
    public bool Remember(CommandMemory memory)
    {
        Memory = memory;
        try
        {
            PrivateFile.Write(_file, memory.Write());
            return true;
        }
        catch (StorageFaultException exception)
        {
            Log.NotSaved(_logger, exception);
            return false;
        }
    }

    /// <summary>Takes back what was remembered last.</summary>
    public void Forget(CommandMemory before) => Memory = before;

    private static partial class Log
    {
        [LoggerMessage(EventId = 1706, Level = LogLevel.Error,
            Message = "What was carried out by command before cannot be read: a command that comes again is carried out again")]
        public static partial void Unreadable(ILogger logger, Exception exception);

        [LoggerMessage(EventId = 1707, Level = LogLevel.Error,
            Message = "What was carried out by command cannot be saved: should it come again after a restart, it is carried out again")]
        public static partial void NotSaved(ILogger logger, Exception exception);
    }
}

using BayEdge.Messaging.Publishing;
using Microsoft.Extensions.Logging;

namespace BayEdge.Faults.Played;

/// <summary>Prints what the publisher says, for whoever looks into a schedule that failed.</summary>
internal sealed class PrintedLog(TimeProvider time) : ILogger<MqttPublisher>
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Console.WriteLine($"{time.GetElapsedTime(0).TotalSeconds:0.000} {logLevel} {formatter(state, exception)} {exception}");
}

using System.CommandLine;
using System.Globalization;
using BayEdge.Service.Demo;

namespace BayEdge.Service.Commands;

/// <summary><c>bayedge demo</c>: the whole path with simulated devices in one process.</summary>
internal static class DemoCommand
{
    public static Command Create(TimeProvider time)
    {
        var minutes = Limited("--minutes", "How many minutes to run. Without it, until Ctrl+C.", "N", 0.1, 24 * 60, missing: null);
        var speed = Limited("--speed", "How much faster than life the workshop runs, 1 to 30. The default is 10.", "X", 1, 30, missing: 10);
        var command = new Command("demo", "Shows the whole path: simulated readers and cameras, broker, service, consumer and web page in one process.") { minutes, speed };
        command.SetAction((parsed, cancellationToken) => DemoRun.RunAsync(
            parsed.GetValue(minutes) is { } length ? TimeSpan.FromMinutes(length) : null,
            parsed.GetValue(speed)!.Value,
            time,
            Console.Out,
            Console.Error,
            cancellationToken));
        return command;
    }

    private static Option<double?> Limited(string name, string description, string helpName, double least, double most, double? missing)
    {
        var option = new Option<double?>(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result =>
            {
                if (double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
                    return value;
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name}: expected a number from {least} to {most}, but found '{result.Tokens[0].Value}'."));
                return null;
            },
        };
        if (missing is not null)
            option.DefaultValueFactory = _ => missing;
        return option;
    }
}

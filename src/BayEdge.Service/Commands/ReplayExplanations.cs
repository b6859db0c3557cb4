using System.CommandLine;
using System.Globalization;

namespace BayEdge.Service.Commands;

/// <summary>What a replay is to explain.</summary>
/// <param name="Decisions">Whether to say of each decision why it was made.</param>
/// <param name="At">When to say why the bays are taken to be as they are; null for never.</param>
/// <param name="Bay">Of which bay; null for all.</param>
internal sealed record ReplayExplanations(bool Decisions, DateTimeOffset? At, string? Bay)
{
    private static readonly Option<bool> DecisionsOption = new("--explain")
    {
        Description = "Under each event, indented: its evidence with weights in nats, what else it could have been, and what would change it.",
    };

    private static readonly Option<DateTimeOffset?> AtOption = new("--explain-at")
    {
        Description = "Prints at this virtual time (RFC 3339) why each bay is taken to be as it is.",
        HelpName = "TIME",
        CustomParser = result =>
        {
            if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
                return at;
            result.AddError($"--explain-at: expected a time such as 2026-03-02T08:00:00Z, but found '{result.Tokens[0].Value}'.");
            return null;
        },
    };

    private static readonly Option<string?> BayOption = new("--bay") { Description = "Explains this bay only.", HelpName = "BAY" };

    public static void AddTo(Command command)
    {
        command.Add(DecisionsOption);
        command.Add(AtOption);
        command.Add(BayOption);
    }

    public static ReplayExplanations Of(ParseResult parsed) => new(parsed.GetValue(DecisionsOption), parsed.GetValue(AtOption), parsed.GetValue(BayOption));
}

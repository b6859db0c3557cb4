namespace BayEdge.Simulator.Scenarios;

/// <summary>How hard the workshop makes it to see what happens.</summary>
/// <remarks>
/// Every figure of these records is assumed. No published source gives read rates, cross-reads, shadows or false reads of a
/// workshop's bays; the three levels are meant to bracket what is met.
/// </remarks>
public sealed record ScenarioNoise(string Name, TagNoise Tags, CameraNoise Cameras, ContactNoise Contacts, DeviceNoise Device)
{
    /// <summary>Well-mounted antennas, bays with walls between them, a quiet network.</summary>
    public static ScenarioNoise Easy { get; } = new("easy", TagNoise.Easy, CameraNoise.Easy, ContactNoise.Easy, DeviceNoise.Easy);

    public static ScenarioNoise Normal { get; } = new("normal", new TagNoise(), new CameraNoise(), new ContactNoise(), new DeviceNoise());

    /// <summary>Open bays side by side under a metal roof, badly placed cameras, poor wiring.</summary>
    public static ScenarioNoise Hard { get; } = new("hard", TagNoise.Hard, CameraNoise.Hard, ContactNoise.Hard, DeviceNoise.Hard);

    public static IReadOnlyList<ScenarioNoise> Levels { get; } = [Easy, Normal, Hard];
}

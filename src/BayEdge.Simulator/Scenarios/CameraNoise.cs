namespace BayEdge.Simulator.Scenarios;

/// <summary>What cameras make of their pictures. The defaults are those of the level "normal".</summary>
/// <remarks>Every figure is assumed.</remarks>
public sealed record CameraNoise
{
    /// <summary>Between two judged pictures while nothing moves. The default value is 5 seconds (assumed).</summary>
    public TimeSpan PictureEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Between two judged pictures while something moves in the bay. The default value is 1 second (assumed).</summary>
    public TimeSpan PictureEveryInMotion { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Share of single pictures judged wrongly. The default value is 0.005 (assumed).</summary>
    public double WrongPictureShare { get; init; } = 0.005;

    /// <summary>How much the judgement wavers, standard deviation in logits around 3 or -3. The default value is 1 (assumed).</summary>
    public double WaverLogits { get; init; } = 1;

    /// <summary>
    /// How often glare, steam or a person before the lens makes pictures worthless for a while, a day. The default value is 1
    /// (assumed).
    /// </summary>
    public double BlindSpellsPerDay { get; init; } = 1;

    /// <summary>The default value is 2 minutes (assumed); log-uniform from 5 seconds.</summary>
    public TimeSpan LongestBlindSpell { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Between two attempts to read the plate of a parked vehicle. The default value is 20 seconds (assumed).</summary>
    public TimeSpan ReadParkedEvery { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Share of attempts that read nothing. The default value is 0.3 (assumed).</summary>
    public double FailedReadingShare { get; init; } = 0.3;

    /// <summary>Chance that one character is taken for another, a reading. The default value is 0.006 (assumed).</summary>
    public double WrongCharacterShare { get; init; } = 0.006;

    /// <summary>Share of visits with dirt that makes the same character read wrongly most of the time. The default value is 0.01 (assumed).</summary>
    public double DirtyPlateShare { get; init; } = 0.01;

    /// <summary>Share of visits whose plate is never seen. The default value is 0.02 (assumed).</summary>
    public double HiddenPlateShare { get; init; } = 0.02;

    /// <summary>Chance that the plate of a passing vehicle is read once before a bay. The default value is 0.02 (assumed).</summary>
    public double PassingReadShare { get; init; } = 0.02;

    internal static CameraNoise Easy { get; } = new CameraNoise() with
    {
        WrongPictureShare = 0.001,
        WaverLogits = 0.7,
        BlindSpellsPerDay = 0,
        FailedReadingShare = 0.1,
        WrongCharacterShare = 0.002,
        DirtyPlateShare = 0.002,
        HiddenPlateShare = 0,
        PassingReadShare = 0,
    };

    internal static CameraNoise Hard { get; } = new CameraNoise() with
    {
        WrongPictureShare = 0.02,
        WaverLogits = 1.5,
        BlindSpellsPerDay = 4,
        FailedReadingShare = 0.5,
        WrongCharacterShare = 0.02,
        DirtyPlateShare = 0.03,
        HiddenPlateShare = 0.04,
        PassingReadShare = 0.1,
    };
}

namespace BayEdge.Simulator.Plates;

/// <summary>A registration and the kind of plate that carries it.</summary>
/// <param name="Printed">The characters as grouped on the plate: "沪A12345", "B AB 1234", "ABC-1234".</param>
/// <param name="Issuer">What else is printed: a country letter (Europe), a state (United States), a town (Brazil, grey).</param>
public sealed record PlateNumber(PlateKind Kind, string Printed, string Issuer = "")
{
    /// <summary>The registration without spaces and dashes, as a plate reader reports it.</summary>
    public string Text { get; } = string.Concat(Printed.Where(char.IsLetterOrDigit));
}

public enum PlateKind
{
    /// <summary>Small cars, 440 x 140 mm, 7 characters.</summary>
    ChinaBlue,

    /// <summary>Small new-energy cars, 480 x 140 mm, 8 characters, green gradient.</summary>
    ChinaGreenSmall,

    /// <summary>Large new-energy vehicles, 480 x 140 mm, 8 characters, yellow and green.</summary>
    ChinaGreenLarge,

    /// <summary>Lorries and buses in front, 440 x 140 mm, black on yellow.</summary>
    ChinaYellow,

    /// <summary>Lorries and buses behind, 440 x 220 mm, black on yellow, two rows.</summary>
    ChinaYellowTwoRows,

    /// <summary>Trailers: as <see cref="ChinaYellowTwoRows"/>, ending in 挂.</summary>
    ChinaTrailer,

    /// <summary>Driving schools: yellow, ending in 学.</summary>
    ChinaTraining,

    /// <summary>White, ending in a red 警.</summary>
    ChinaPolice,

    /// <summary>Black, beginning with 粤Z and ending in 港 or 澳.</summary>
    ChinaBorder,

    /// <summary>Black, ending in 领.</summary>
    ChinaConsulate,

    /// <summary>Black, beginning with 使.</summary>
    ChinaEmbassy,

    /// <summary>520 x 110 mm, white with the blue strip.</summary>
    Europe,

    /// <summary>340 x 220 mm, two rows.</summary>
    EuropeTwoRows,

    /// <summary>305 x 152 mm, the state's name above the characters.</summary>
    UnitedStates,

    /// <summary>400 x 130 mm, grey, before 2018.</summary>
    BrazilGrey,

    /// <summary>400 x 130 mm, white with the blue band above.</summary>
    BrazilMercosul,

    /// <summary>200 x 170 mm, white with the blue band above, two rows.</summary>
    BrazilMotorcycle,
}

namespace BayEdge.Simulator.Plates;

/// <summary>Random registrations that obey the syntax of their kind; the same random source gives the same ones.</summary>
/// <remarks>
/// China: GA 36-2018, no I and no O in a serial; new-energy plates carry D (battery) or F (other) first (small) or last
/// (large). How often a kind, an office, a letter or a district comes is assumed, not counted on any road. Europe: the German, French and Polish patterns. Brazil: Contran resolutions 231/2007 (grey) and 729/2018 (Mercosul).
/// </remarks>
public static class PlateNumbers
{
    private const string Digits = "0123456789";
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string LettersWithoutIO = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const string FrenchLetters = "ABCDEFGHJKLMNPQRSTVWXYZ";
    private const string Provinces = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";

    private static readonly string[] GermanDistricts = ["B", "M", "HH", "K", "S", "KA", "LB", "WOB", "DD", "MTK"];
    private static readonly string[] PolishDistricts = ["WA", "KR", "GD", "PO", "WR", "DW"];
    private static readonly string[] States = ["CALIFORNIA", "TEXAS", "NEW YORK", "OHIO", "FLORIDA", "WASHINGTON"];
    private static readonly string[] Towns = ["SP-SAO PAULO", "RJ-RIO DE JANEIRO", "PR-CURITIBA", "MG-BELO HORIZONTE"];

    /// <summary>Every kind of a region that can be drawn.</summary>
    /// <inheritdoc cref="KindsOf" path="/exception"/>
    public static IReadOnlyList<PlateKind> AllKindsOf(string region) =>
    [
        .. KindsOf(region),
        .. region switch
        {
            "cn" => [
                PlateKind.ChinaYellow, PlateKind.ChinaYellowTwoRows, PlateKind.ChinaTrailer, PlateKind.ChinaTraining,
                PlateKind.ChinaPolice, PlateKind.ChinaBorder, PlateKind.ChinaConsulate, PlateKind.ChinaEmbassy],
            "eu" => [PlateKind.EuropeTwoRows],
            "br" => [PlateKind.BrazilMotorcycle],
            _ => Array.Empty<PlateKind>(),
        },
    ];

    /// <summary>The kinds that cars have in a region of the configuration: <c>cn</c>, <c>eu</c>, <c>us</c> or <c>br</c>.</summary>
    /// <exception cref="ArgumentException">The region is none of these.</exception>
    public static IReadOnlyList<PlateKind> KindsOf(string region) => region switch
    {
        "cn" => [PlateKind.ChinaBlue, PlateKind.ChinaGreenSmall, PlateKind.ChinaGreenLarge],
        "eu" => [PlateKind.Europe],
        "us" => [PlateKind.UnitedStates],
        "br" => [PlateKind.BrazilGrey, PlateKind.BrazilMercosul],
        _ => throw new ArgumentException($"A plate region is cn, eu, us or br, not '{region}'.", nameof(region)),
    };

    public static PlateNumber Random(Random random, PlateKind kind) => kind switch
    {
        PlateKind.ChinaBlue => new(kind, Office(random) + BlueSerial(random)),
        PlateKind.ChinaGreenSmall => new(
            kind,
            Office(random) + Pick(random, "DF") + Pick(random, random.Next(3) == 0 ? LettersWithoutIO : Digits) + Take(random, Digits, 4)),
        PlateKind.ChinaGreenLarge => new(kind, Office(random) + Take(random, Digits, 5) + Pick(random, "DF")),
        PlateKind.ChinaYellow or PlateKind.ChinaYellowTwoRows => new(kind, Office(random) + BlueSerial(random)),
        PlateKind.ChinaTrailer => new(kind, Office(random) + Take(random, Digits, 4) + "挂"),
        PlateKind.ChinaTraining => new(kind, Office(random) + Take(random, Digits, 4) + "学"),
        PlateKind.ChinaPolice => new(kind, Office(random) + Take(random, Digits, 4) + "警"),
        PlateKind.ChinaBorder => new(kind, "粤Z" + Take(random, Digits, 4) + Pick(random, "港澳")),
        PlateKind.ChinaConsulate => new(kind, Office(random) + Take(random, Digits, 4) + "领"),
        PlateKind.ChinaEmbassy => new(kind, "使" + Take(random, Digits, 6)),
        PlateKind.Europe => European(random, kind),
        PlateKind.EuropeTwoRows => European(random, kind),
        PlateKind.UnitedStates => American(random),
        PlateKind.BrazilGrey => new(kind, Take(random, Letters, 3) + "-" + Take(random, Digits, 4), Pick(random, Towns)),
        PlateKind.BrazilMercosul or PlateKind.BrazilMotorcycle => new(
            kind, Take(random, Letters, 3) + Pick(random, Digits) + Pick(random, Letters) + Take(random, Digits, 2)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of plate."),
    };

    private static string Office(Random random) => $"{Pick(random, Provinces)}{Pick(random, LettersWithoutIO)}";

    // Five places, at most two of them letters.
    private static string BlueSerial(Random random)
    {
        var serial = Take(random, Digits, 5).ToCharArray();
        for (var letters = random.Next(3); letters > 0; letters--)
            serial[random.Next(serial.Length)] = Pick(random, LettersWithoutIO);

        return new string(serial);
    }

    private static PlateNumber European(Random random, PlateKind kind) => random.Next(3) switch
    {
        0 => new(
            kind,
            $"{Pick(random, GermanDistricts)} {Take(random, Letters, random.Next(1, 3))} {random.Next(10, 1000)}",
            "D"),
        1 => new(kind, $"{Take(random, FrenchLetters, 2)}-{Take(random, Digits, 3)}-{Take(random, FrenchLetters, 2)}", "F"),
        _ => new(kind, $"{Pick(random, PolishDistricts)} {Take(random, Digits, 5)}", "PL"),
    };

    private static PlateNumber American(Random random)
    {
        var state = Pick(random, States);
        return state == "CALIFORNIA"
            ? new(PlateKind.UnitedStates, Pick(random, "6789") + Take(random, Letters, 3) + Take(random, Digits, 3), state)
            : new(PlateKind.UnitedStates, Take(random, Letters, 3) + " " + Take(random, Digits, 4), state);
    }

    private static char Pick(Random random, string from) => from[random.Next(from.Length)];

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];

    private static string Take(Random random, string from, int count) => string.Concat(random.GetItems<char>(from, count));
}

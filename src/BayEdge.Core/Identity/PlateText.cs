namespace BayEdge.Core.Identity;

/// <summary>How a plate is written wherever plates are compared.</summary>
public static class PlateText
{
    public const int FewestCharacters = 3;
    public const int MostCharacters = 12;

    /// <summary>Whether a plate may be that long; every region has plates that no template knows.</summary>
    public static bool IsPlausible(string normalized) => normalized.Length is >= FewestCharacters and <= MostCharacters;

    /// <summary>Letters and digits only, upper case: 沪A·D12345 and 沪a d12345 become 沪AD12345.</summary>
    public static string Normalize(string plate) => string.Concat(plate.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}

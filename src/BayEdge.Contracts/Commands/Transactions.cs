namespace BayEdge.Contracts.Commands;

/// <summary>The ids by which commands are told apart.</summary>
public static class Transactions
{
    public const int MostCharacters = 64;

    /// <summary>Whether a text can be one: visible ASCII, without spaces, so that it stands in a log or a shell as it is.</summary>
    public static bool IsValid(string text) => text.Length is > 0 and <= MostCharacters && text.All(character => character is > ' ' and <= '~');
}

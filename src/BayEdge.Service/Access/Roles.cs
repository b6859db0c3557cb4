namespace BayEdge.Service.Access;

/// <summary>Who may do what: a viewer looks, an installer also changes. Each is an account with a PIN of its own.</summary>
internal static class Roles
{
    public const string Installer = "installer";
    public const string Viewer = "viewer";

    public static IReadOnlyList<string> All { get; } = [Installer, Viewer];
}

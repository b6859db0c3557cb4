namespace BayEdge.Core.Bays.Signs;

/// <summary>How a tag sounded when it fell silent.</summary>
internal enum Onset
{
    /// <summary>As ever, and then nothing: so a person steps before it.</summary>
    Sudden,

    /// <summary>Somewhat weaker than usual.</summary>
    Sinking,

    /// <summary>Much weaker than usual: so a vehicle drives off.</summary>
    Falling,

    /// <summary>It was heard where it was not heard before: so a vehicle drives past the other bays.</summary>
    Passing,
}

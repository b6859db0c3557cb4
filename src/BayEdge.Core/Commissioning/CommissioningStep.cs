namespace BayEdge.Core.Commissioning;

/// <summary>What an installer goes through, in this order.</summary>
public enum CommissioningStep
{
    /// <summary>A phone reaches the page.</summary>
    Join,

    /// <summary>The device belongs to somebody.</summary>
    Claim,

    Network,

    /// <summary>The way to the central system, rung by rung.</summary>
    Central,

    Bays,

    Readers,

    Cameras,

    Rules,

    /// <summary>A vehicle drives into each bay and out again.</summary>
    WalkTest,

    Handover,
}

/// <summary>How something that is to be proved stands.</summary>
public enum StepState
{
    /// <summary>Not tried yet.</summary>
    Unknown,

    Running,

    Ok,

    /// <summary>Works, or may be left so, with something that the installer should know.</summary>
    Warning,

    Failed,
}

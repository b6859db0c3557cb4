namespace BayEdge.Faults.Schedules;

/// <summary>What can go wrong between a bay and the central system's ledger.</summary>
internal enum FaultKind
{
    /// <summary>The broker is killed and comes back with what it had last saved.</summary>
    BrokerKilled,

    /// <summary>The broker is killed and comes back knowing nothing: no session, no queue, no retained topic.</summary>
    BrokerEmptied,

    /// <summary>The broker stands still: connections stay open and nothing answers.</summary>
    BrokerFrozen,

    /// <summary>The broker knows nobody's password for a while.</summary>
    BrokerRefuses,

    /// <summary>The device's process is killed.</summary>
    DeviceKilled,

    /// <summary>The device is told to stop, and starts again.</summary>
    DeviceStopped,

    DeviceFrozen,

    /// <summary>No packet passes between device and broker; no connection is closed.</summary>
    DeviceCutOff,

    /// <summary>What the broker says does not reach the device; what the device says reaches the broker.</summary>
    DeviceDeaf,

    /// <summary>The device's disk is full.</summary>
    DiskFull,

    /// <summary>The device's journal is gone from its disk: what it held unconfirmed is lost, and must be owned up to.</summary>
    JournalLost,

    ClockSetBack,

    ClockSetForward,

    /// <summary>Another device connects with this one's client id, again and again.</summary>
    Namesake,

    /// <summary>The consumer's process is killed.</summary>
    CentralKilled,

    CentralCutOff,

    /// <summary>What the consumer says, its acknowledgements above all, does not reach the broker.</summary>
    CentralMute,

    /// <summary>The consumer stands still while many events come, so that the broker's queue for it overflows.</summary>
    QueueFull,

    /// <summary>The consumer is away while many events come, the calendar moves on by days, and the broker forgets its session.</summary>
    CentralAwayForDays,

    /// <summary>The disk of the consumer's ledger is full.</summary>
    LedgerDiskFull,

    /// <summary>A fifth of all packets is lost.</summary>
    LossyNetwork,

    /// <summary>64 kbit/s for everybody together.</summary>
    SlowNetwork,
}

/// <summary>What a fault acts on; two at a time never act on the same.</summary>
internal enum FaultTarget
{
    Broker,
    Device,
    DeviceNetwork,
    Disk,
    Clock,
    Namesake,
    Central,
    CentralNetwork,
    LedgerDisk,
    Network,
}

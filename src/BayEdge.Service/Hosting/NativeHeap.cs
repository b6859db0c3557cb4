using System.Runtime.InteropServices;

namespace BayEdge.Service.Hosting;

/// <summary>Has glibc give back what was freed.</summary>
/// <remarks>
/// Source: mallopt(3). Each thread may get a heap of its own, eight for each core, and each keeps the most that it once needed; for packing,
/// pictures and databases on changing threads that adds up to a third of the service's memory. Setting a threshold also
/// ends its growing with what is freed.
/// </remarks>
internal static class NativeHeap
{
    // malloc.h
    private const int TrimThreshold = -1, MmapThreshold = -3, MostHeaps = -8;

    private const int Heaps = 2;
    private const int ThresholdBytes = 128 * 1024;

    public static void KeepSmall()
    {
        try
        {
            _ = SetOption(MostHeaps, Heaps);
            _ = SetOption(MmapThreshold, ThresholdBytes);
            _ = SetOption(TrimThreshold, ThresholdBytes);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library, with habits of its own.
        }
    }

    [DllImport("libc", EntryPoint = "mallopt")]
    private static extern int SetOption(int option, int value);
}

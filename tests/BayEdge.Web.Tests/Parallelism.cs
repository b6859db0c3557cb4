using Xunit.v3;

// A browser and a device each: many side by side would only wait for each other.
[assembly: Parallelization(MaxThreads = 2)]

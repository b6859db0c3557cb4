using Xunit.v3;

// Most of the time here is waiting for a vehicle to be gone, but every test runs programs of its own.
[assembly: Parallelization(MaxThreads = 3)]

using System.Globalization;
using BayEdge.PowerCut;

return args switch
{
    ["cut", var folder, var disk, var cuts, var seed] => await CutAsync(folder, disk, Number(cuts), Number(seed), lying: false),
    ["cut", var folder, var disk, var cuts, var seed, "lying"] => await CutAsync(folder, disk, Number(cuts), Number(seed), lying: true),
    ["measure", var folder, var disk] => await WriteMeasurement.RunAsync(folder, disk, Console.Out),
    ["load", var folder, var log, var seed, var token, var append] => await LoadAsync(folder, log, Number(seed), Long(token), Long(append)),
    _ => Usage(),
};

static async Task<int> CutAsync(string folder, string disk, int cuts, int seed, bool lying)
{
    try
    {
        var options = new CutRunOptions(cuts, seed, lying);
        var underLoad = await new CutRun(folder, disk, options, Console.Out).RunAsync();
        if (underLoad != 0)
            return underLoad;
        return await new DamagedStartRun(folder, disk, options with { Cuts = (cuts + 3) / 4 }, Console.Out).RunAsync();
    }
    catch (Exception exception) when (exception is InvalidOperationException or IOException or OperationCanceledException)
    {
        Console.Error.WriteLine($"The run, seed {seed}, could not go on: {exception.Message}");
        return 2;
    }
}

static async Task<int> LoadAsync(string folder, string logPath, int seed, long firstToken, long firstAppend)
{
    using var log = new PromiseLog(logPath);
    return await new Workload(folder, log, seed, firstToken, firstAppend).RunAsync();
}

static int Usage()
{
    Console.Error.WriteLine("""
        Usage: BayEdge.PowerCut cut FOLDER DISK CUTS SEED [lying]    cut the power, check, print the figures
               BayEdge.PowerCut measure FOLDER DISK                  print what an event costs the memory card
               BayEdge.PowerCut load FOLDER LOG SEED TOKEN APPEND    load a journal until killed
        DISK is the program that tests/powercut/build.sh makes. Start it through tests/powercut.sh.
        """);
    return 2;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static long Long(string text) => long.Parse(text, CultureInfo.InvariantCulture);

using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Chafon;
using BayEdge.Drivers.Gpio;
using BayEdge.Drivers.ImpinjIot;
using BayEdge.Drivers.Llrp;
using BayEdge.Drivers.Mercury;
using BayEdge.Drivers.Push;
using BayEdge.Drivers.R200;
using BayEdge.Service.Simulated;
using BayEdge.Vision.Cameras;
using BayEdge.Vision.Plates;
using Microsoft.Extensions.Logging.Abstractions;

namespace BayEdge.Service.Hosting;

/// <summary>Every driver of this build.</summary>
internal sealed class DriverSet : IDisposable
{
    private readonly StreamDriver _cameras;
    private (PlateReaderOptions Options, DateTime Templates) _reading = (new PlateReaderOptions(), default);

    /// <param name="bayClock">Dates what the devices see.</param>
    /// <param name="memory">Where sources keep what they learn; null when they need not.</param>
    /// <param name="watch">Whoever looks through the cameras; null for nobody.</param>
    /// <param name="tray">Where cameras lay pictures that may become evidence; null for nowhere.</param>
    public DriverSet(
        TimeProvider bayClock, ILoggerFactory? loggers = null, ISourceMemory? memory = null, ICameraWatch? watch = null, IPictureTray? tray = null)
    {
        loggers ??= NullLoggerFactory.Instance;
        _cameras = new StreamDriver(() => PlateReader.Open(_reading.Options, bayClock), bayClock, loggers.CreateLogger<StreamDriver>(), memory, watch, tray);
        ISourceDriver[] drivers =
        [
            new LlrpDriver(bayClock),
            new R200Driver(bayClock),
            new ChafonDriver(bayClock),
            new MercuryDriver(bayClock),
            new ImpinjIotDriver(bayClock),
            .. PushDrivers.Create(bayClock, loggers),
            new GpioDriver(bayClock),
            _cameras,
        ];
        Catalogue = new DriverCatalogue(drivers.Select(driver => SimulatableDriver.Wrap(driver, bayClock)));
    }

    public DriverCatalogue Catalogue { get; }

    /// <summary>From now on plates are read with these networks, and with the plates that an installer has added beside the configuration.</summary>
    public void ReadPlatesWith(VisionConfiguration networks, FileInfo configuration)
    {
        var options = ReadingOptions(networks, configuration);
        var reading = (options, File.GetLastWriteTimeUtc(options.TemplatesFile!));
        if (reading == _reading)
            return;
        _reading = reading;
        _cameras.RenewReader();
    }

    public static PlateReaderOptions ReadingOptions(VisionConfiguration networks, FileInfo configuration) => new()
    {
        Networks = networks,
        TemplatesFile = Path.Combine(configuration.DirectoryName ?? ".", PlateReaderOptions.TemplatesFileName),
    };

    public void Dispose() => _cameras.Dispose();
}

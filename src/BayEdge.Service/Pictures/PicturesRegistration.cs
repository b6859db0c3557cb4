using BayEdge.Service.Hosting;

namespace BayEdge.Service.Pictures;

internal static class PicturesRegistration
{
    /// <summary>Evidence pictures. They belong to the page, and so outlive every restart of the watching.</summary>
    public static void AddPictures(this IServiceCollection services, PageHostOptions options)
    {
        services.AddSingleton<PictureTray>();
        services.AddSingleton(provider => new EvidencePictures(
            options.Folder, provider.GetRequiredService<PictureTray>(), options.NetworkClock, provider.GetRequiredService<ILogger<EvidencePictures>>()));
        services.AddHostedService(provider => provider.GetRequiredService<EvidencePictures>());
    }
}

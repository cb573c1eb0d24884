namespace FlowNexus.Web.Hosting;

/// <summary>What a person, and a script that starts us on a free port, reads first: the address that was really bound.</summary>
internal static class StartAnnouncement
{
    public static void AnnounceStart(this WebApplication app) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        foreach (var address in app.Urls) Console.WriteLine($"FlowNexus listens on {address}");
        Console.WriteLine($"Data folder: {Settings.DataFolder(app.Configuration, app.Environment)}");
    });
}

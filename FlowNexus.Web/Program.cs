using FlowNexus.Engine.Hosting;
using FlowNexus.Web.Api;

var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
builder.AddFlowNexusEngine();
builder.Services.AddApi();
var app = builder.Build();
app.UseApiProblems();
app.MapApi();
await app.StartAsync();
Console.WriteLine($"FlowNexus listens on {app.Urls.First()}");
await app.WaitForShutdownAsync();

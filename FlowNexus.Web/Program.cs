using FlowNexus.Engine.Hosting;
using FlowNexus.Web.Api;

var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.AddFlowNexusEngine();
builder.Services.AddApi();
var app = builder.Build();
app.UseExceptionHandler(_ => { });
app.MapApi();
await app.StartAsync();
Console.WriteLine($"FlowNexus listens on {app.Urls.First()}");
await app.WaitForShutdownAsync();

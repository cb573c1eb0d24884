using FlowNexus.Web;

return await WebHost.RunAsync(args);

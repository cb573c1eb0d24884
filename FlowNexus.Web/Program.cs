using FlowNexus.Web.CommandLine;

return await Commands.RunAsync(args);

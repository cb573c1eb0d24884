using FlowNexus.Engine.Agents.BuiltIn.Extraction;
using FlowNexus.Engine.Agents.BuiltIn.Reports;
using FlowNexus.Engine.Agents.BuiltIn.Skills;
using FlowNexus.Engine.Datasets;
using FlowNexus.Engine.Files;
using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Http;
using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Steps.HttpRequest;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace FlowNexus.Engine.Agents.BuiltIn;

/// <summary>Registers what the built-in agents can do and what they do it with.</summary>
public static class BuiltInSkills
{
    /// <summary>Adds the skills, the datasets, the file space, the guarded HTTP client and the step type <c>http_request</c>.</summary>
    /// <param name="services">Needs configuration, for <c>FlowNexus:Http</c>.</param>
    /// <param name="dataFolder">Absolute path of the folder that <c>datasets/</c> and <c>files/</c> lie in; the installation's by default.</param>
    public static IServiceCollection AddBuiltInSkills(this IServiceCollection services, Func<IServiceProvider, string>? dataFolder = null)
    {
        dataFolder ??= provider => provider.GetRequiredService<DataFolder>().Root;
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<OutboundHttpOptions>().BindConfiguration(OutboundHttpOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<OutboundHttpOptions>, OutboundHttpOptionsValidator>();
        services.AddSingleton(provider => new DatasetCatalogue(dataFolder(provider)));
        services.AddSingleton(provider => new FileSpace(dataFolder(provider)));
        services.AddSingleton<OutboundHttp>();
        services.AddSingleton<SourceReader>();
        services.AddSingleton<StepType, HttpRequestStep>();
        services.AddSingleton<ISkill, Extract>();
        services.AddSingleton<ISkill, Profile>();
        services.AddSingleton<ISkill, Clean>();
        services.AddSingleton<ISkill, Transform>();
        services.AddSingleton<ISkill, Aggregate>();
        services.AddSingleton<ISkill, SqlQuery>();
        services.AddSingleton<ISkill, Summarise>();
        services.AddSingleton<ISkill, Check>();
        services.AddSingleton<ISkill, Compare>();
        services.AddSingleton<ISkill, EvaluateModel>();
        services.AddSingleton<ISkill, Split>();
        services.AddSingleton<ISkill, Merge>();
        services.AddSingleton<ISkill, DraftText>();
        services.AddSingleton<ISkill, ReportSkill>();
        return services;
    }
}

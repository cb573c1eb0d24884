namespace FlowNexus.Engine.Agents;

/// <summary>
/// The agents of a fresh install. Those of one type can do different things, at different prices; what they cannot do is
/// not listed. They run the built-in skills and need no key.
/// </summary>
public static class FreshAgents
{
    /// <summary>The types that a fresh install knows.</summary>
    public static readonly IReadOnlyList<string> Types = ["researcher", "analyst", "coder", "tester", "optimizer", "coordinator"];

    public static IReadOnlyList<Agent> All { get; } =
    [
        Of("researcher", "scout", "Scout", ExperienceLevel.Intermediate, AgentTiers.CostOptimized, 8,
            "Fetches datasets, files and HTTP sources and takes a first look at them. The cheap choice for plain extraction.", "extract", "profile"),
        Of("researcher", "surveyor", "Surveyor", ExperienceLevel.Advanced, AgentTiers.Balanced, 4,
            "Fetches data from several sources, profiles it and repairs it on the way, so that the next step gets a clean table.", "extract", "profile", "clean", "transform", "web_scraping", "data_analysis"),
        Of("researcher", "scholar", "Scholar", ExperienceLevel.Expert, AgentTiers.Performance, 2,
            "Fetches and profiles data in depth: distributions, correlations, comparison of sources, findings in words.", "extract", "profile", "clean", "aggregate", "compare", "summarise", "web_scraping", "data_analysis", "statistical_modeling"),
        Of("analyst", "tidy", "Tidy", ExperienceLevel.Intermediate, AgentTiers.CostOptimized, 8,
            "Cleans tables and counts what it changed. Does little else.", "clean", "profile", "transform"),
        Of("analyst", "ledger", "Ledger", ExperienceLevel.Advanced, AgentTiers.Balanced, 4,
            "Cleans, transforms, groups and queries tables, with SQL where that is shorter.", "clean", "transform", "aggregate", "sql", "profile", "summarise", "data_analysis"),
        Of("analyst", "insight", "Insight", ExperienceLevel.Expert, AgentTiers.Performance, 2,
            "All of an analyst's work, with findings and a report of them at the end.", "clean", "transform", "aggregate", "sql", "profile", "summarise", "compare", "report", "data_analysis", "statistical_modeling", "report_generation"),
        Of("coder", "scribe", "Scribe", ExperienceLevel.Intermediate, AgentTiers.CostOptimized, 8,
            "Turns results into Markdown, HTML, CSV, JSON or PDF reports.", "report", "transform"),
        Of("coder", "editor", "Editor", ExperienceLevel.Advanced, AgentTiers.Balanced, 4,
            "Writes reports with charts and drafts text from given data, naming the sources.", "report", "draft_text", "summarise", "transform", "report_generation", "content_creation"),
        Of("coder", "builder", "Builder", ExperienceLevel.Expert, AgentTiers.Performance, 2,
            "Reports, text, SQL and table work for steps that need several of them.", "report", "draft_text", "summarise", "transform", "sql", "aggregate", "report_generation", "data_engineering"),
        Of("tester", "gate", "Gate", ExperienceLevel.Intermediate, AgentTiers.CostOptimized, 8,
            "Checks tables against rules: required, unique, ranges, formats.", "check", "profile"),
        Of("tester", "judge", "Judge", ExperienceLevel.Advanced, AgentTiers.Balanced, 4,
            "Checks data and evaluates models on a held-out part of it.", "check", "evaluate_model", "compare", "quality_assurance"),
        Of("tester", "examiner", "Examiner", ExperienceLevel.Expert, AgentTiers.Performance, 2,
            "Evaluates models, compares versions and writes down what it found.", "check", "evaluate_model", "compare", "profile", "report", "quality_assurance", "statistical_modeling"),
        Of("optimizer", "tuner", "Tuner", ExperienceLevel.Intermediate, AgentTiers.CostOptimized, 4,
            "Profiles data and trims it to what the next step needs.", "profile", "transform"),
        Of("optimizer", "balance", "Balance", ExperienceLevel.Advanced, AgentTiers.Balanced, 4,
            "Compares variants by their numbers and says which is better by how much.", "profile", "compare", "aggregate", "summarise"),
        Of("optimizer", "peak", "Peak", ExperienceLevel.Expert, AgentTiers.Performance, 2,
            "Compares variants and models on held-out data.", "profile", "compare", "aggregate", "summarise", "evaluate_model", "statistical_modeling"),
        Of("coordinator", "dispatch", "Dispatch", ExperienceLevel.Intermediate, AgentTiers.CostOptimized, 8,
            "Splits tables into parts and puts parts together again.", "split", "merge"),
        Of("coordinator", "hub", "Hub", ExperienceLevel.Advanced, AgentTiers.Balanced, 4,
            "Splits, joins and compares the results of parallel steps.", "split", "merge", "compare", "summarise", "coordination"),
        Of("coordinator", "conductor", "Conductor", ExperienceLevel.Expert, AgentTiers.Performance, 2,
            "Joins many results, checks that nothing is lost and summarises the whole.", "split", "merge", "compare", "check", "summarise", "report", "coordination"),
    ];

    private static Agent Of(string type, string key, string name, ExperienceLevel level, string tier, int capacity, string description, params string[] capabilities) => new()
    {
        Id = $"agent_{type}_{key}",
        Type = type,
        Name = name,
        Description = description,
        Capabilities = capabilities,
        ExperienceLevel = level.Word(),
        ExperienceScore = ExperienceScore.Prior(level),
        Tier = tier,
        PriceMicro = AgentPrices.OfTier(tier),
        Capacity = capacity,
    };
}

using System.Text.Json;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Web.Api;

/// <summary>How REST reads and writes JSON: as the engine does, with nulls where the contract shows the field.</summary>
internal static class ApiJson
{
    public static readonly JsonSerializerOptions Options = new(ProblemJson.Options)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.Never,
    };
}

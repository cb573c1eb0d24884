namespace FlowNexus.Engine.Problems;

/// <summary>The stable error codes. Those of the contract come first; the number is the HTTP status REST answers with.</summary>
public static class ProblemCodes
{
    public const string WorkflowNotFound = "WORKFLOW_NOT_FOUND";
    public const string InsufficientCredits = "INSUFFICIENT_CREDITS";
    public const string AgentUnavailable = "AGENT_UNAVAILABLE";
    public const string ExecutionTimeout = "EXECUTION_TIMEOUT";
    public const string InvalidInputData = "INVALID_INPUT_DATA";
    public const string QueueFull = "QUEUE_FULL";

    /// <summary>Waited longer than the workflow's <c>queue_ttl</c>.</summary>
    public const string QueueTtlExpired = "QUEUE_TTL_EXPIRED";

    /// <summary>Could not be started, however often it was tried.</summary>
    public const string QueuePoisoned = "QUEUE_POISONED";

    public const string InvalidDefinition = "INVALID_DEFINITION";
    public const string InvalidRequest = "INVALID_REQUEST";
    public const string WorkflowNotActive = "WORKFLOW_NOT_ACTIVE";
    public const string ExecutionNotFound = "EXECUTION_NOT_FOUND";
    public const string TaskNotFound = "TASK_NOT_FOUND";
    public const string AgentNotFound = "AGENT_NOT_FOUND";
    public const string ArtifactNotFound = "ARTIFACT_NOT_FOUND";

    /// <summary>The file was there; retention deleted it.</summary>
    public const string ArtifactExpired = "ARTIFACT_EXPIRED";

    /// <summary>Only the summary of the execution is left; retention took the rest.</summary>
    public const string ExecutionExpired = "EXECUTION_EXPIRED";

    public const string QueueNotFound = "QUEUE_NOT_FOUND";
    public const string NotFound = "NOT_FOUND";
    public const string Conflict = "CONFLICT";
    public const string VersionConflict = "VERSION_CONFLICT";
    public const string Unauthenticated = "UNAUTHENTICATED";
    public const string Forbidden = "FORBIDDEN";
    public const string NodeDraining = "NODE_DRAINING";
    public const string InternalError = "INTERNAL_ERROR";
    public const string StorageUnavailable = "STORAGE_UNAVAILABLE";
    public const string StorageDamaged = "STORAGE_DAMAGED";
    public const string ExecutionDamaged = "EXECUTION_DAMAGED";

    public const string NestedTooDeep = "NESTED_TOO_DEEP";
    public const string ChildCancelled = "CHILD_CANCELLED";
    public const string StepTimeout = "STEP_TIMEOUT";
    public const string StepFailed = "STEP_FAILED";
    public const string StepLost = "STEP_LOST";
    public const string NoSuitableSkill = "NO_SUITABLE_SKILL";
    public const string NoData = "NO_DATA";
    public const string ExpressionUnresolved = "EXPRESSION_UNRESOLVED";
    public const string ExpressionInvalid = "EXPRESSION_INVALID";
    public const string ExpressionType = "EXPRESSION_TYPE";
    public const string ValidationFailed = "VALIDATION_FAILED";
    public const string ScoreBelowThreshold = "SCORE_BELOW_THRESHOLD";
    public const string ScoreMissing = "SCORE_MISSING";
    public const string AddressRefused = "ADDRESS_REFUSED";
    public const string HttpFailed = "HTTP_FAILED";

    /// <summary>The HTTP status that belongs to a code; 400 for a code not listed.</summary>
    public static int HttpStatus(string code) => code switch
    {
        WorkflowNotFound or ExecutionNotFound or TaskNotFound or AgentNotFound or ArtifactNotFound or QueueNotFound or NotFound => 404,
        InsufficientCredits => 402,
        AgentUnavailable or NodeDraining or StorageUnavailable or StorageDamaged => 503,
        ExecutionTimeout => 504,
        InvalidInputData or InvalidDefinition => 422,
        QueueFull => 429,
        WorkflowNotActive or Conflict => 409,
        ArtifactExpired or ExecutionExpired => 410,
        VersionConflict => 412,
        Unauthenticated => 401,
        Forbidden => 403,
        InternalError or ExecutionDamaged => 500,
        _ => 400,
    };
}

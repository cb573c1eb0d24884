using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace FlowNexus.Engine.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "accounts",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    balance_micro = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "agents",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    type = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    description = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    capabilities = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    experience_level = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    tier = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    price_micro = table.Column<long>(type: "bigint", nullable: false),
                    capacity = table.Column<int>(type: "integer", nullable: false),
                    provider = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    enabled = table.Column<bool>(type: "boolean", nullable: false),
                    completed = table.Column<long>(type: "bigint", nullable: false),
                    failed = table.Column<long>(type: "bigint", nullable: false),
                    busy_micros = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_agents", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "artifacts",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    execution_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    step_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    kind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    media_type = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_artifacts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "events",
                columns: table => new
                {
                    position = table.Column<long>(type: "bigint", nullable: false),
                    stream = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    event_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    type = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    workflow_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    execution_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    step_name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    agent_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    user_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    payload = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    salt = table.Column<byte[]>(type: "bytea", nullable: true),
                    payload_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_events", x => x.position);
                });

            migrationBuilder.CreateTable(
                name: "executions",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    workflow_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    version = table.Column<int>(type: "integer", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    priority = table.Column<int>(type: "integer", nullable: false),
                    priority_text = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    epoch = table.Column<long>(type: "bigint", nullable: false),
                    owner = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    input = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    input_artifact = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    input_bytes = table.Column<long>(type: "bigint", nullable: false),
                    triggered_by = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    account = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    idempotency_key = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    started_at = table.Column<long>(type: "bigint", nullable: true),
                    finished_at = table.Column<long>(type: "bigint", nullable: true),
                    progress = table.Column<double>(type: "double precision", nullable: false),
                    steps_total = table.Column<int>(type: "integer", nullable: false),
                    steps_completed = table.Column<int>(type: "integer", nullable: false),
                    reopens = table.Column<int>(type: "integer", nullable: false),
                    agent_switches = table.Column<int>(type: "integer", nullable: false),
                    credits_micro = table.Column<long>(type: "bigint", nullable: false),
                    bytes_processed = table.Column<long>(type: "bigint", nullable: false),
                    error = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    event_seq = table.Column<long>(type: "bigint", nullable: false),
                    event_head = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_executions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "ledger",
                columns: table => new
                {
                    position = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    account = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    kind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    amount_micro = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    workflow_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    execution_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    step_name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    task_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    attempt = table.Column<int>(type: "integer", nullable: false),
                    agent_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    note = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ledger", x => x.position);
                });

            migrationBuilder.CreateTable(
                name: "steps",
                columns: table => new
                {
                    execution_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    iteration = table.Column<int>(type: "integer", nullable: false),
                    step_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    status = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    wait = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    attempt = table.Column<int>(type: "integer", nullable: false),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    lost = table.Column<int>(type: "integer", nullable: false),
                    fallback_used = table.Column<bool>(type: "boolean", nullable: false),
                    agent_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    task_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    branch = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    started_at = table.Column<long>(type: "bigint", nullable: true),
                    attempt_started_at = table.Column<long>(type: "bigint", nullable: true),
                    finished_at = table.Column<long>(type: "bigint", nullable: true),
                    due_at = table.Column<long>(type: "bigint", nullable: true),
                    progress = table.Column<double>(type: "double precision", nullable: false),
                    output = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    output_artifact = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    output_bytes = table.Column<long>(type: "bigint", nullable: false),
                    records = table.Column<long>(type: "bigint", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_steps", x => new { x.execution_id, x.ordinal, x.iteration });
                });

            migrationBuilder.CreateTable(
                name: "streams",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    head = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_streams", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "tasks",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    execution_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    workflow_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    step_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    status = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    agent_type = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    agent_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    bound_agent_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    tried_agents = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    paid_micro = table.Column<long>(type: "bigint", nullable: false),
                    priority = table.Column<int>(type: "integer", nullable: false),
                    attempt = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    queued_at = table.Column<long>(type: "bigint", nullable: true),
                    started_at = table.Column<long>(type: "bigint", nullable: true),
                    finished_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tasks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "ticks",
                columns: table => new
                {
                    workflow_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    trigger_key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    due_at = table.Column<long>(type: "bigint", nullable: false),
                    outcome = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    execution_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    note = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    recorded_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ticks", x => new { x.workflow_id, x.trigger_key, x.due_at });
                });

            migrationBuilder.CreateTable(
                name: "timers",
                columns: table => new
                {
                    execution_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    kind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    attempt = table.Column<int>(type: "integer", nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_timers", x => new { x.execution_id, x.kind, x.ordinal });
                });

            migrationBuilder.CreateTable(
                name: "versions",
                columns: table => new
                {
                    workflow_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    version = table.Column<int>(type: "integer", nullable: false),
                    definition = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    step_ids = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    hash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    reason = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_by = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_versions", x => new { x.workflow_id, x.version });
                });

            migrationBuilder.CreateTable(
                name: "workflows",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    description = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    status = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    priority = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    metadata = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    latest_version = table.Column<int>(type: "integer", nullable: false),
                    active_version = table.Column<int>(type: "integer", nullable: true),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    warnings = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<long>(type: "bigint", nullable: false),
                    created_by = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    executions_count = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    completed_count = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    failed_count = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    completed_duration = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    credits_micro = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    last_executed_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workflows", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_artifacts_execution_id",
                table: "artifacts",
                column: "execution_id");

            migrationBuilder.CreateIndex(
                name: "IX_events_stream_seq",
                table: "events",
                columns: new[] { "stream", "seq" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_events_workflow_id_position",
                table: "events",
                columns: new[] { "workflow_id", "position" });

            migrationBuilder.CreateIndex(
                name: "IX_executions_status_finished_at",
                table: "executions",
                columns: new[] { "status", "finished_at" });

            migrationBuilder.CreateIndex(
                name: "IX_executions_workflow_id_id",
                table: "executions",
                columns: new[] { "workflow_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_executions_workflow_id_idempotency_key",
                table: "executions",
                columns: new[] { "workflow_id", "idempotency_key" },
                unique: true,
                filter: "idempotency_key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ledger_account_position",
                table: "ledger",
                columns: new[] { "account", "position" });

            migrationBuilder.CreateIndex(
                name: "IX_ledger_execution_id",
                table: "ledger",
                column: "execution_id");

            migrationBuilder.CreateIndex(
                name: "IX_tasks_execution_id_ordinal",
                table: "tasks",
                columns: new[] { "execution_id", "ordinal" });

            migrationBuilder.CreateIndex(
                name: "IX_tasks_status_finished_at",
                table: "tasks",
                columns: new[] { "status", "finished_at" });

            migrationBuilder.CreateIndex(
                name: "IX_timers_due_at",
                table: "timers",
                column: "due_at");

            migrationBuilder.CreateIndex(
                name: "IX_workflows_created_at",
                table: "workflows",
                column: "created_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "accounts");

            migrationBuilder.DropTable(
                name: "agents");

            migrationBuilder.DropTable(
                name: "artifacts");

            migrationBuilder.DropTable(
                name: "events");

            migrationBuilder.DropTable(
                name: "executions");

            migrationBuilder.DropTable(
                name: "ledger");

            migrationBuilder.DropTable(
                name: "steps");

            migrationBuilder.DropTable(
                name: "streams");

            migrationBuilder.DropTable(
                name: "tasks");

            migrationBuilder.DropTable(
                name: "ticks");

            migrationBuilder.DropTable(
                name: "timers");

            migrationBuilder.DropTable(
                name: "versions");

            migrationBuilder.DropTable(
                name: "workflows");
        }
    }
}

using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FlowNexus.Engine.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ListFilters : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_executions_status_id",
                table: "executions");

            migrationBuilder.DropIndex(
                name: "IX_executions_workflow_id_status_id",
                table: "executions");

            migrationBuilder.CreateIndex(
                name: "IX_executions_status_id",
                table: "executions",
                columns: new[] { "status", "id" },
                filter: "status = 'waiting' OR status = 'failed' OR status = 'cancelled' OR status = 'timed_out'");

            migrationBuilder.CreateIndex(
                name: "IX_executions_workflow_id_status_id",
                table: "executions",
                columns: new[] { "workflow_id", "status", "id" },
                filter: "status = 'waiting' OR status = 'failed' OR status = 'cancelled' OR status = 'timed_out'");

            migrationBuilder.CreateIndex(
                name: "IX_events_type_position",
                table: "events",
                columns: new[] { "type", "position" },
                filter: "type <> 'step_completed' AND type <> 'execution_queued' AND type <> 'execution_started' AND type <> 'execution_completed'");

            migrationBuilder.CreateIndex(
                name: "IX_events_workflow_id_type_position",
                table: "events",
                columns: new[] { "workflow_id", "type", "position" },
                filter: "type <> 'step_completed' AND type <> 'execution_queued' AND type <> 'execution_started' AND type <> 'execution_completed'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_executions_status_id",
                table: "executions");

            migrationBuilder.DropIndex(
                name: "IX_executions_workflow_id_status_id",
                table: "executions");

            migrationBuilder.DropIndex(
                name: "IX_events_type_position",
                table: "events");

            migrationBuilder.DropIndex(
                name: "IX_events_workflow_id_type_position",
                table: "events");

            migrationBuilder.CreateIndex(
                name: "IX_executions_status_id",
                table: "executions",
                columns: new[] { "status", "id" },
                filter: "status IN ('waiting', 'failed', 'cancelled', 'timed_out')");

            migrationBuilder.CreateIndex(
                name: "IX_executions_workflow_id_status_id",
                table: "executions",
                columns: new[] { "workflow_id", "status", "id" },
                filter: "status IN ('failed', 'cancelled', 'timed_out', 'waiting')");
        }
    }
}

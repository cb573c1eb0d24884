using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FlowNexus.Engine.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class ListIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_executions_status_id",
                table: "executions",
                columns: new[] { "status", "id" },
                filter: "status IN ('waiting', 'failed', 'cancelled', 'timed_out')");

            migrationBuilder.CreateIndex(
                name: "IX_executions_triggered_by_id",
                table: "executions",
                columns: new[] { "triggered_by", "id" },
                filter: "triggered_by <> 'manual'");

            migrationBuilder.CreateIndex(
                name: "IX_executions_workflow_id_status_id",
                table: "executions",
                columns: new[] { "workflow_id", "status", "id" },
                filter: "status IN ('failed', 'cancelled', 'timed_out', 'waiting')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_executions_status_id",
                table: "executions");

            migrationBuilder.DropIndex(
                name: "IX_executions_triggered_by_id",
                table: "executions");

            migrationBuilder.DropIndex(
                name: "IX_executions_workflow_id_status_id",
                table: "executions");
        }
    }
}

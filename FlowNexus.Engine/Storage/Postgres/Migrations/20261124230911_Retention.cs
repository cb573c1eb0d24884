using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FlowNexus.Engine.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Retention : Migration
    {
        private static readonly string[] ChangingTables = ["executions", "steps", "tasks", "timers", "iterations", "events"];

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "pruned",
                table: "executions",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            // Rows here change several times and then go by retention: the default of a fifth of a large table is too late.
            foreach (var table in ChangingTables)
                migrationBuilder.Sql($"ALTER TABLE {table} SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var table in ChangingTables)
                migrationBuilder.Sql($"ALTER TABLE {table} RESET (autovacuum_vacuum_scale_factor, autovacuum_analyze_scale_factor)");

            migrationBuilder.DropColumn(
                name: "pruned",
                table: "executions");
        }
    }
}

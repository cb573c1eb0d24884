using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FlowNexus.Engine.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class FamiliesAndLoops : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "child_id",
                table: "steps",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "loop",
                table: "steps",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "awaited",
                table: "executions",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "depth",
                table: "executions",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "parent_attempt",
                table: "executions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "parent_id",
                table: "executions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "parent_item",
                table: "executions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "parent_ordinal",
                table: "executions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "iterations",
                columns: table => new
                {
                    execution_id = table.Column<string>(type: "TEXT", nullable: false),
                    ordinal = table.Column<int>(type: "INTEGER", nullable: false),
                    iteration = table.Column<int>(type: "INTEGER", nullable: false),
                    status = table.Column<string>(type: "TEXT", nullable: false),
                    attempt = table.Column<int>(type: "INTEGER", nullable: false),
                    output = table.Column<string>(type: "TEXT", nullable: true),
                    output_artifact = table.Column<string>(type: "TEXT", nullable: true),
                    child_id = table.Column<string>(type: "TEXT", nullable: true),
                    error = table.Column<string>(type: "TEXT", nullable: true),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_iterations", x => new { x.execution_id, x.ordinal, x.iteration });
                });

            migrationBuilder.CreateIndex(
                name: "IX_executions_awaited_finished_at",
                table: "executions",
                columns: new[] { "awaited", "finished_at" },
                filter: "awaited");

            migrationBuilder.CreateIndex(
                name: "IX_executions_parent_id_parent_ordinal_parent_item",
                table: "executions",
                columns: new[] { "parent_id", "parent_ordinal", "parent_item" },
                filter: "parent_id IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "iterations");

            migrationBuilder.DropIndex(
                name: "IX_executions_awaited_finished_at",
                table: "executions");

            migrationBuilder.DropIndex(
                name: "IX_executions_parent_id_parent_ordinal_parent_item",
                table: "executions");

            migrationBuilder.DropColumn(
                name: "child_id",
                table: "steps");

            migrationBuilder.DropColumn(
                name: "loop",
                table: "steps");

            migrationBuilder.DropColumn(
                name: "awaited",
                table: "executions");

            migrationBuilder.DropColumn(
                name: "depth",
                table: "executions");

            migrationBuilder.DropColumn(
                name: "parent_attempt",
                table: "executions");

            migrationBuilder.DropColumn(
                name: "parent_id",
                table: "executions");

            migrationBuilder.DropColumn(
                name: "parent_item",
                table: "executions");

            migrationBuilder.DropColumn(
                name: "parent_ordinal",
                table: "executions");
        }
    }
}

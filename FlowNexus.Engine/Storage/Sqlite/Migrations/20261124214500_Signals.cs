using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FlowNexus.Engine.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Signals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "started_at",
                table: "iterations",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "signals",
                columns: table => new
                {
                    execution_id = table.Column<string>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    data = table.Column<string>(type: "TEXT", nullable: false),
                    sent_by = table.Column<string>(type: "TEXT", nullable: false),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: false),
                    idempotency_key = table.Column<string>(type: "TEXT", nullable: true),
                    taken_by = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_signals", x => new { x.execution_id, x.number });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "signals");

            migrationBuilder.DropColumn(
                name: "started_at",
                table: "iterations");
        }
    }
}

using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FlowNexus.Engine.Storage.Postgres.Migrations
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
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "signals",
                columns: table => new
                {
                    execution_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    number = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    data = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    sent_by = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    sent_at = table.Column<long>(type: "bigint", nullable: false),
                    idempotency_key = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    taken_by = table.Column<int>(type: "integer", nullable: true)
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

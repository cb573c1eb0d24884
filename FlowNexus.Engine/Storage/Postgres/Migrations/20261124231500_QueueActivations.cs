using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace FlowNexus.Engine.Storage.Postgres.Migrations;

/// <summary>Which activation of a queue may let something through, so that limits hold while a queue moves to another node. Only PostgreSQL carries a cluster.</summary>
[DbContext(typeof(PostgresContext))]
[Migration("20261124231500_QueueActivations")]
internal sealed class QueueActivations : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""CREATE TABLE queue_activations (queue text COLLATE "C" PRIMARY KEY, activation text NOT NULL);""");

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE queue_activations;");
}

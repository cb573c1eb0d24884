using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace FlowNexus.Engine.Storage.Postgres.Migrations;

/// <summary>
/// The nodes of a cluster: who is a member (entry, status and the version of the whole, as Orleans asks for them), who
/// gave a sign of life when, and whose executions are to be taken over. Only PostgreSQL carries a cluster.
/// </summary>
[DbContext(typeof(PostgresContext))]
[Migration("20261124213000_Nodes")]
internal sealed class Nodes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE membership (id integer PRIMARY KEY CHECK (id = 1), version integer NOT NULL);
        INSERT INTO membership VALUES (1, 0);
        CREATE TABLE nodes (
            id text COLLATE "C" PRIMARY KEY,
            status integer NOT NULL,
            entry text NOT NULL,
            alive_at bigint NOT NULL,
            version text NOT NULL DEFAULT '',
            started_at bigint NOT NULL,
            seen_at bigint NOT NULL,
            draining boolean NOT NULL DEFAULT false,
            gone boolean NOT NULL DEFAULT false);
        CREATE INDEX executions_open_by_owner ON executions (owner) WHERE finished_at IS NULL;
        CREATE FUNCTION flownexus_now() RETURNS bigint LANGUAGE sql VOLATILE AS
        $$ SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint $$;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP FUNCTION flownexus_now();
        DROP INDEX executions_open_by_owner;
        DROP TABLE nodes;
        DROP TABLE membership;
        """);
}

using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace FlowNexus.Engine.Storage.Postgres.Migrations;

/// <summary>
/// Positions of events that many nodes write, and the marks of their journals; docs/adr/0008 says why. A position is
/// the number of the transaction (plus an origin that survives a restore into another server), times 16384, plus the
/// place in the group.
/// </summary>
[DbContext(typeof(PostgresContext))]
[Migration("20261124210000_Positions")]
internal sealed class Positions : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE writers (id text COLLATE "C" PRIMARY KEY, commits bigint NOT NULL, at bigint NOT NULL);
        CREATE TABLE positions (origin bigint NOT NULL);
        INSERT INTO positions VALUES (0);

        CREATE FUNCTION flownexus_next_position() RETURNS bigint LANGUAGE sql VOLATILE AS
        $$ SELECT (pg_current_xact_id()::text::bigint + (SELECT origin FROM positions)) << 14 $$;

        CREATE FUNCTION flownexus_settled_position() RETURNS bigint LANGUAGE sql STABLE AS
        $$ SELECT (pg_snapshot_xmin(pg_current_snapshot())::text::bigint + (SELECT origin FROM positions)) << 14 $$;

        CREATE FUNCTION flownexus_keep_positions_growing() RETURNS void LANGUAGE sql VOLATILE AS
        $$ UPDATE positions SET origin = (SELECT max(position) >> 14 FROM events) - pg_current_xact_id()::text::bigint + 1
           WHERE (SELECT max(position) >> 14 FROM events) >= pg_current_xact_id()::text::bigint + origin $$;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP FUNCTION flownexus_keep_positions_growing();
        DROP FUNCTION flownexus_settled_position();
        DROP FUNCTION flownexus_next_position();
        DROP TABLE positions;
        DROP TABLE writers;
        """);
}

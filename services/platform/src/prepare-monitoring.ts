import postgres from "postgres";

/**
 * A role for whoever watches the installation: it counts what waits and what is stuck, and can read no name,
 * phone or text. Run as the owner, after the migrations.
 */
export async function prepareMonitoring(ownerUrl: string, password: string): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {}, connect_timeout: 10 });
  try {
    await sql.begin(async (tx) => {
      const [exists] = await tx`select 1 from pg_roles where rolname = 'monitoring'`;
      if (!exists) await tx`create role monitoring login`;
      await tx.unsafe(`alter role monitoring password '${password.replaceAll("'", "''")}'`);
      await tx.unsafe(grants);
    });
  } finally {
    await sql.end();
  }
}

// Columns are named one by one: whatever is added to these tables stays unseen until someone decides otherwise.
const grants = `
grant usage on schema events, notifications to monitoring;
grant select (subscriber, event, attempts, due_at, handled_at) on events.deliveries to monitoring;
grant select (id, state, due_at, sending_since) on notifications.outbound_messages to monitoring;
grant select (unanswered_since) on notifications.conversations to monitoring;
drop policy if exists watched on events.deliveries;
create policy watched on events.deliveries for select to monitoring using (true);
`;

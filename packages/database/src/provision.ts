import type { ServiceName } from "@minka/contracts/service-names";
import postgres from "postgres";

/**
 * Prepares an empty database for Minka, and does nothing to one that is ready: a role and a schema for each
 * service, and the two schemas that all share. Run as the owner; a service's own role owns nothing.
 */
export async function provisionDatabase(
  ownerUrl: string,
  { services, password }: { services: readonly ServiceName[]; password: (service: ServiceName) => string },
): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {}, connect_timeout: 10 });
  try {
    await sql.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(${provisionLock})`;
      for (const service of services) {
        const role = tx(service);
        const [exists] = await tx`select 1 from pg_roles where rolname = ${service}`;
        if (!exists) await tx`create role ${role} login`;
        await tx.unsafe(`alter role "${service}" password ${quoteLiteral(password(service))}`);
        await tx`create schema if not exists ${role}`;
        await tx`grant usage on schema ${role} to ${role}`;
        await tx`alter default privileges in schema ${role} grant select, insert, update, delete on tables to ${role}`;
        await tx`alter default privileges in schema ${role} grant usage on sequences to ${role}`;
      }
      await tx.unsafe(eventsSchema);
      for (const service of services) {
        await tx`grant usage on schema events to ${tx(service)}`;
        await tx`grant select, insert, delete on events.deliveries to ${tx(service)}`;
        await tx`grant update (handled_at, attempts, last_error, due_at) on events.deliveries to ${tx(service)}`;
      }
    });
  } finally {
    await sql.end();
  }
}

/** Any number will do as long as every process uses the same. */
const provisionLock = 7_461_001;

function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * Row-level security on deliveries: a service inserts what it emits, sees what it sent or is sent, and
 * updates only the progress of what it is sent.
 */
const eventsSchema = `
create schema if not exists events;
create table if not exists events.deliveries (
  id uuid primary key,
  event text not null,
  emitter text not null,
  subscriber text not null,
  payload jsonb not null,
  trace text not null,
  occurred_at timestamptz not null,
  due_at timestamptz not null,
  attempts integer not null,
  last_error text,
  handled_at timestamptz
);
create index if not exists deliveries_unhandled on events.deliveries (subscriber, due_at) where handled_at is null;
alter table events.deliveries enable row level security;
drop policy if exists emitted on events.deliveries;
drop policy if exists seen on events.deliveries;
drop policy if exists progressed on events.deliveries;
drop policy if exists forgotten on events.deliveries;
create policy emitted on events.deliveries for insert with check (emitter = current_user);
create policy seen on events.deliveries for select using (emitter = current_user or subscriber = current_user);
create policy progressed on events.deliveries for update using (subscriber = current_user);
create policy forgotten on events.deliveries for delete using (subscriber = current_user and handled_at is not null);
`;

import type { readAudit as contract } from "@minka/contracts/audits";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { OwningService } from "@minka/contracts/service-names";
import type { Database } from "@minka/database/connect";
import { addDays, limaInstant } from "@minka/domain/lima-time";
import { readCursor, writeCursor } from "./list-cursor.ts";

const uuid = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

type Contract = (typeof contract)[OwningService];
type Row = { id: string; at: Date | string; actor: string; action: string; subject: string; trace: string };

/** A page of a service's audit, the newest first. `cursor-wrong` (422). */
export async function readAudit(
  { sql }: Pick<Database, "sql">,
  service: OwningService,
  { actor, subject, action, from, until, cursor, limit }: HandlerInput<Contract>["query"],
): Promise<HandlerAnswer<Contract>> {
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const id = new RegExp(uuid).exec(subject ?? "")?.[0] ?? null;
  const begins = from === undefined ? null : limaInstant(from, 0).toISOString();
  const ends = until === undefined ? null : limaInstant(addDays(until, 1), 0).toISOString();
  // Each condition is there only where it is asked for, so that each index can be used.
  const rows = await sql<Row[]>`
    select id, at, actor, action, subject, trace from ${sql(service)}.audit
    where true
      ${
        actor === undefined
          ? sql``
          : sql`and (split_part(actor, ' ', 1) = ${actor}
              or actor like '% through %' and split_part(actor, ' ', 3) = ${actor})`
      }
      ${id === null ? sql`` : sql`and substring(subject from '[0-9a-f-]{36}') = ${id}`}
      ${subject === undefined || subject === id ? sql`` : sql`and subject = ${subject}`}
      ${action === undefined ? sql`` : sql`and starts_with(action, ${action})`}
      ${begins === null ? sql`` : sql`and at >= ${begins}`}
      ${ends === null ? sql`` : sql`and at < ${ends}`}
      ${after === undefined ? sql`` : sql`and (at, id) < (${after.at.toISOString()}, ${after.id})`}
    order by at desc, id desc limit ${limit + 1}`;
  const items = rows.slice(0, limit).map((row) => ({ ...row, at: new Date(row.at), ...peopleOf(row.actor) }));
  const last = items.at(-1);
  return {
    items: items.map(({ at, ...item }) => ({ ...item, at: at.toISOString() })),
    next: rows.length > limit && last ? writeCursor(last) : null,
  };
}

const people = new RegExp(`^person:(${uuid})(?: through person:(${uuid})(?: of organization:(${uuid}))?)?$`);

/** Whom an actor's label names: `person:<id> through person:<id> of organization:<id>`. */
function peopleOf(actor: string) {
  const [, personId = null, throughPersonId = null, organizationId = null] = people.exec(actor) ?? [];
  return { personId, throughPersonId, organizationId };
}

import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { readDecisionMakers as contract } from "@minka/contracts/decision-makers";
import { mostTraits, readTraits } from "@minka/contracts/traits";
import type { Caller } from "@minka/http/caller";
import { DomainError } from "@minka/domain/errors";
import { addDays, limaInstant } from "@minka/domain/lima-time";
import type { Context } from "@minka/service/act";
import { and, eq, gte, lt } from "@minka/database/query";
import { managers, refuseUnlessOrganization } from "../authority.ts";
import type { Calling } from "../credits/speaker.ts";
import { partsTaken } from "./decision-makers-tables.ts";

type Row = HandlerAnswer<typeof contract>["rows"][number];
type Sex = Row["sex"];

/** Fewer people than this are not counted: it would say who they are. */
const fewest = 5;

/** Who proposed, negotiated and approved, by sex. `not-your-organization` (403), `organization-missing` (422). */
export async function readDecisionMakers(
  { db, call }: Calling,
  context: Context,
  { query: { organizationId, from, until } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const { actor, trace } = context;
  if (organizationId !== undefined) await refuseUnlessOrganization(call, context, organizationId, managers);
  else if (actor.kind !== "person" || !actor.operator)
    throw new DomainError("invalid", "organization-missing", "Say of which organization.", {
      errors: [{ path: "query.organizationId", message: "is needed" }],
    });
  const rows = await db.read
    .select({ noun: partsTaken.noun, part: partsTaken.part, personId: partsTaken.personId })
    .from(partsTaken)
    .where(
      and(
        organizationId === undefined ? undefined : eq(partsTaken.organizationId, organizationId),
        gte(partsTaken.at, limaInstant(from, 0)),
        lt(partsTaken.at, limaInstant(addDays(until, 1), 0)),
      ),
    );
  const sexes = await sexesOf(
    call,
    rows.flatMap(({ personId }) => personId ?? []),
    trace,
  );
  const counted = new Map<string, Omit<Row, "persons" | "decisions"> & { people: string[] }>();
  for (const [index, { noun, part, personId }] of rows.entries()) {
    const sex = personId === null ? null : (sexes.get(personId) ?? null);
    const key = `${noun} ${part} ${sex}`;
    const group = counted.get(key) ?? { noun, part, sex, people: [] };
    // Of the erased nobody knows whether two are one.
    group.people.push(personId ?? `erased ${index}`);
    counted.set(key, group);
  }
  return {
    rows: [...counted]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { people, ...group }]) => {
        const persons = new Set(people).size;
        const told = persons >= fewest;
        return { ...group, persons: told ? persons : null, decisions: told ? people.length : null };
      }),
  };
}

async function sexesOf(call: Caller, personIds: readonly string[], trace: string): Promise<Map<string, Sex>> {
  const each = [...new Set(personIds)];
  const sexes = new Map<string, Sex>();
  for (let from = 0; from < each.length; from += mostTraits) {
    const { traits } = await call(
      readTraits,
      { body: { personIds: each.slice(from, from + mostTraits) } },
      { trace },
    );
    for (const { personId, sex } of traits) sexes.set(personId, sex);
  }
  return sexes;
}

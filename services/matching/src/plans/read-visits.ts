import type { VisitPoint } from "@minka/contracts/planning-sources";
import type { Queries } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { addMonths } from "@minka/domain/lima-time";
import type { Crop, Topic } from "@minka/domain/vocabulary";
import { and, eq, inArray, sql } from "@minka/database/query";
import { appointments, caseloads } from "../caseloads/caseloads-tables.ts";
import { engagements, requests } from "../tables.ts";
import { openStates } from "../requests/request-lifecycle.ts";
import { plans, planVisits, type PlanRow } from "./plans-tables.ts";

/** A visit that somebody waits for, before anything is known of where and when. */
export type Wanted = {
  readonly id: string;
  readonly personId: string;
  readonly topic: Topic | null;
  readonly crop: Crop | null;
  readonly womanOnly: boolean | null;
  readonly requestId: string | null;
  readonly previousProviderId: string | null;
  readonly fixed: { readonly agent: string; readonly day: string; readonly minute: number } | null;
};

const keyOf = ({ personId, topic, crop }: Pick<Wanted, "personId" | "topic" | "crop">) =>
  `${personId} ${topic ?? ""} ${crop ?? ""}`;

/**
 * Who is to be visited in a month: what agents have fixed, the requests of their people that are with an operator, and
 * the routine visits they owe. The same person, topic and crop is visited once; whoever has already asked for it and is
 * being served is left to that.
 */
export async function readWanted(
  read: Queries,
  plan: PlanRow,
  agentIds: readonly string[],
): Promise<Wanted[]> {
  const [fixed, open, owed, before] = await Promise.all([
    readFixed(read, plan.month, agentIds),
    readOpen(read, plan),
    readOwed(read, agentIds),
    readBefore(read, plan.month),
  ]);
  const unserved = open.filter(({ state, planned }) => state === "with_operator" && !planned);
  const servedNow = new Set(open.filter((each) => !unserved.includes(each)).map(keyOf));
  const wanted = new Map<string, Wanted>();
  const add = (one: Omit<Wanted, "id" | "previousProviderId">, usual: string | null) => {
    const key = keyOf(one);
    if (wanted.has(key)) return;
    wanted.set(key, { ...one, id: newId(), previousProviderId: before.get(key) ?? usual });
  };
  const none = { womanOnly: null, requestId: null, fixed: null };
  const requestAt = new Map(unserved.map((request) => [keyOf(request), request.id]));
  for (const { providerId, personId, topic, crop, day, minute } of fixed) {
    const one = { ...none, personId, topic, crop, fixed: { agent: providerId, day, minute } };
    add({ ...one, requestId: requestAt.get(keyOf(one)) ?? null }, providerId);
  }
  for (const { id, personId, topic, crop, womanOnly } of unserved)
    add({ ...none, personId, topic, crop, womanOnly, requestId: id }, null);
  for (const { providerId, personId, topic, crop } of owed) {
    const one = { ...none, personId, topic, crop };
    if (!servedNow.has(keyOf(one))) add(one, providerId);
  }
  return [...wanted.values()];
}

async function readFixed(read: Queries, month: string, agentIds: readonly string[]) {
  if (agentIds.length === 0) return [];
  return read
    .select()
    .from(appointments)
    .where(
      and(
        inArray(appointments.providerId, [...agentIds]),
        sql`${appointments.day} >= ${`${month}-01`}`,
        sql`${appointments.day} < ${addMonths(`${month}-01`, 1)}`,
      ),
    )
    .orderBy(appointments.day, appointments.minute, appointments.id);
}

async function readOwed(read: Queries, agentIds: readonly string[]) {
  if (agentIds.length === 0) return [];
  return read
    .select()
    .from(caseloads)
    .where(inArray(caseloads.providerId, [...agentIds]))
    .orderBy(caseloads.id);
}

/** Open requests for a visit, the oldest first, with whether another plan, or who settles a dispute, sees to them. */
async function readOpen(read: Queries, plan: PlanRow) {
  const rows = await read
    .select({
      id: requests.id,
      personId: requests.personId,
      need: requests.need,
      womanOnly: requests.womanOnly,
      state: requests.state,
      planned: sql<boolean>`exists (select 1 from ${planVisits} v join ${plans} p on p.id = v.plan_id
        where v.request_id = ${requests}.id and v.plan_id <> ${plan.id} and v.state <> 'dropped'
        and p.state in ('draft', 'approved'))
        or exists (select 1 from ${engagements} e
          where e.request_id = ${requests}.id and e.state in ('done', 'disputed', 'rework'))`,
    })
    .from(requests)
    .where(and(eq(requests.kind, "assistance"), inArray(requests.state, [...openStates])))
    .orderBy(requests.id);
  return rows.map(({ need, ...row }) => ({ ...row, topic: need.topic ?? null, crop: need.crop ?? null }));
}

/** Who came for it in the month before. */
async function readBefore(read: Queries, month: string): Promise<Map<string, string>> {
  const rows = await read
    .select({
      personId: planVisits.personId,
      topic: planVisits.topic,
      crop: planVisits.crop,
      providerId: planVisits.providerId,
    })
    .from(planVisits)
    .innerJoin(plans, eq(plans.id, planVisits.planId))
    .where(
      and(
        eq(plans.month, addMonths(`${month}-01`, -1).slice(0, 7)),
        inArray(plans.state, ["approved", "closed"]),
        eq(planVisits.state, "accepted"),
      ),
    );
  return new Map(rows.flatMap(({ providerId, ...row }) => (providerId ? [[keyOf(row), providerId]] : [])));
}

/** In the plan of an organization only its members are visited, and whom its agents have fixed a day with. */
export function belongs(one: Wanted, point: VisitPoint | undefined, plan: PlanRow): boolean {
  if (plan.organizationId === null || one.fixed) return true;
  return point?.organizationIds.includes(plan.organizationId) ?? false;
}

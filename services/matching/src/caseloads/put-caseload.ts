import type { caseloadRefusals, putCaseload as contract } from "@minka/contracts/caseloads";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import { visitPoints, type PlanningAgent } from "@minka/contracts/planning-sources";
import type { Queries, Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import type { Caller } from "@minka/http/caller";
import { actOf, type Act, type Context } from "@minka/service/act";
import { asc, count, eq, inArray } from "@minka/database/query";
import { record } from "../acting.ts";
import { idempotencyKeys } from "../tables.ts";
import { findAgents, readAgentFor, type Part, type Services } from "./agent-rights.ts";
import { caseloads } from "./caseloads-tables.ts";

type Input = HandlerInput<typeof contract>;
type Entry = Input["body"]["entries"][number];
type Refusal = (typeof caseloadRefusals)[number];

const keyOf = ({ personId, topic, crop }: Entry) => `${personId} ${topic} ${crop}`;

/**
 * Enters whom an agent owes a visit a month. Entries that cannot be taken are named, the others are taken: a list of
 * hundreds does not fail for one. `agent-unknown` (404), `not-your-agent` (403).
 */
export async function putCaseload(
  { db, clock, call }: Services,
  context: Context,
  { params: { providerId }, body: { entries } }: Input,
): Promise<HandlerAnswer<typeof contract>> {
  const { agent, part } = await readAgentFor(call, context.actor, { providerId, trace: context.trace });
  const means = { call, trace: context.trace };
  const { refused: cannot, organizationOf } = await look(means, entries, { agent, part });
  const theirs = await agentsOf(means, await holdersOf(db.read, entries), part);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const done = await enter(tx, act, { entries, cannot, theirs, providerId, organizationOf });
      await record(tx, act, "caseload.put", `provider:${providerId}`);
      const size = await sizeOf(tx, providerId);
      return { ...done, size, quota: agent.profile?.monthlyCapacity ?? null };
    }),
  );
}

type Means = { readonly call: Caller; readonly trace: string };

/**
 * Entries that nobody may make, or not this manager, by their place in the list; and whose people they are: the
 * manager's, or of what an operator enters the agent's organization that they are a member of.
 */
async function look(
  { call, trace }: Means,
  entries: readonly Entry[],
  { agent, part }: { agent: PlanningAgent; part: Part },
): Promise<{ refused: Map<number, Refusal>; organizationOf: (personId: string) => string | null }> {
  const personIds = [...new Set(entries.map(({ personId }) => personId))];
  const { people } = await call(visitPoints, { body: { personIds } }, { trace });
  const known = new Map(people.map((person) => [person.personId, person]));
  const refused = new Map<number, Refusal>();
  for (const [index, { personId, topic, crop }] of entries.entries()) {
    const person = known.get(personId);
    const knows =
      agent.profile?.topics.some((each) => each.topic === topic) && agent.profile.crops.includes(crop);
    // To a manager who is no member is as good as unknown.
    if (part.as === "manager" && !person?.organizationIds.includes(part.organizationId))
      refused.set(index, "not-a-member");
    else if (!person) refused.set(index, "person-unknown");
    else if (!knows) refused.set(index, "agent-cannot");
  }
  const organizationOf = (personId: string) =>
    part.organizationId ??
    agent.organizationIds.find((each) => known.get(personId)?.organizationIds.includes(each)) ??
    null;
  return { refused, organizationOf };
}

async function holdersOf(queries: Queries, entries: readonly Entry[]): Promise<string[]> {
  const personIds = entries.map(({ personId }) => personId);
  const rows = await queries
    .selectDistinct({ providerId: caseloads.providerId })
    .from(caseloads)
    .where(inArray(caseloads.personId, personIds));
  return rows.map(({ providerId }) => providerId);
}

/** From whom a manager may take people over: the agents of the same organization. Null: from anybody. */
async function agentsOf(
  { call, trace }: Means,
  providerIds: readonly string[],
  part: Part,
): Promise<ReadonlySet<string> | null> {
  if (part.as === "operator") return null;
  const agents = await findAgents(call, providerIds, trace);
  const own = agents.filter(({ organizationIds }) => organizationIds.includes(part.organizationId ?? ""));
  return new Set(own.map(({ providerId }) => providerId));
}

async function enter(
  tx: Transaction,
  act: Act,
  {
    entries,
    cannot,
    theirs,
    providerId,
    organizationOf,
  }: {
    entries: readonly Entry[];
    cannot: ReadonlyMap<number, Refusal>;
    theirs: ReadonlySet<string> | null;
    providerId: string;
    organizationOf: (personId: string) => string | null;
  },
) {
  const held = await tx
    .select()
    .from(caseloads)
    .where(
      inArray(
        caseloads.personId,
        entries.map(({ personId }) => personId),
      ),
    )
    .orderBy(asc(caseloads.id))
    .for("update");
  const holder = new Map(held.map((row) => [keyOf(row), row.providerId]));
  const fresh: Entry[] = [];
  const moved: string[] = [];
  const refused: { index: number; code: Refusal }[] = [];
  let unchanged = 0;
  for (const [index, entry] of entries.entries()) {
    const code = cannot.get(index);
    const before = holder.get(keyOf(entry));
    if (code) refused.push({ index, code });
    else if (before === providerId) unchanged += 1;
    else if (before !== undefined && theirs !== null && !theirs.has(before))
      refused.push({ index, code: "in-another-caseload" });
    else {
      if (before === undefined) fresh.push(entry);
      else moved.push(keyOf(entry));
      // The same entry twice in one list.
      holder.set(keyOf(entry), providerId);
    }
  }
  if (fresh.length > 0) {
    const rows = fresh.map((entry) => ({
      ...entry,
      id: newId(),
      providerId,
      organizationId: organizationOf(entry.personId),
      addedAt: act.at,
    }));
    await tx.insert(caseloads).values(rows).onConflictDoNothing();
  }
  for (const row of held.filter((each) => moved.includes(keyOf(each))))
    await tx
      .update(caseloads)
      .set({ providerId, organizationId: organizationOf(row.personId), addedAt: act.at })
      .where(eq(caseloads.id, row.id));
  return { added: fresh.length, moved: moved.length, unchanged, refused };
}

export async function sizeOf(queries: Queries, providerId: string): Promise<number> {
  const [row] = await queries
    .select({ size: count() })
    .from(caseloads)
    .where(eq(caseloads.providerId, providerId));
  return row?.size ?? 0;
}

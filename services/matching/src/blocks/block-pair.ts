import type { blockPair as contract, unblockPair as unblockContract } from "@minka/contracts/blocks";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import { matchWithdrawn } from "@minka/contracts/events";
import { nudgeAfterCommit, type Database, type Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Act, type Context, type Means } from "@minka/service/act";
import { and, asc, eq, inArray, isNotNull, sql } from "@minka/database/query";
import { record, roleOf } from "../acting.ts";
import { leaveList } from "../matches/leave-lists.ts";
import { passOn } from "../matches/pass-on.ts";
import { planVisits } from "../plans/plans-tables.ts";
import { replanTouched } from "../plans/replan-touched.ts";
import { openStates } from "../requests/request-lifecycle.ts";
import { idempotencyKeys, matches, requests } from "../tables.ts";
import { blocks, type BlockRow } from "./blocks-tables.ts";

type Pair = Pick<BlockRow, "personId" | "providerId" | "by">;

/**
 * One of the two wants nothing more of the other. The block comes first, so that no search finds the pair again; then
 * a transaction for each open request takes the provider off its lists, and passes on what it is being asked; what was
 * planned for the two goes to another agent.
 * `not-yours` (403), `never-dealt` (409). Again, it changes nothing.
 */
export async function blockPair(
  { db, clock }: Means,
  context: Context,
  { body: pair }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const answer = await db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      await refuseUnlessTheirs(tx, context, pair);
      const [made] = await tx
        .insert(blocks)
        .values({ id: newId(), ...pair, at: act.at })
        .onConflictDoNothing()
        .returning({ id: blocks.id });
      const id = made?.id ?? (await earlier(tx, pair));
      if (made) await record(tx, act, "pair.block", `block:${id}`);
      await searchAfresh(tx, pair.personId);
      return { blockId: id };
    }),
  );
  const act = partingAct(context, clock(), pair);
  await part(db, act, pair);
  const theirs = and(eq(planVisits.personId, pair.personId), eq(planVisits.providerId, pair.providerId));
  await db.transaction((tx) => replanTouched(tx, act, theirs));
  return answer;
}

/** What a provider's block does to the other's requests stands in their history: not as something that it did. */
function partingAct(context: Context, at: Date, { by }: Pair): Act {
  const act = actOf(context, at);
  return by === "person" ? act : { ...act, by: "service:matching" };
}

async function refuseUnlessTheirs(
  tx: Transaction,
  { actor }: Context,
  { by, personId, providerId }: Pair,
): Promise<void> {
  if (by === "person") {
    roleOf(actor, "requester", personId);
    return;
  }
  // By the person, who has few requests: a provider has any number of matches. Who was asked knows by whom.
  const asked = await tx
    .select({ contact: matches.providerPersonId })
    .from(requests)
    .innerJoin(matches, eq(matches.requestId, requests.id))
    .where(
      and(eq(requests.personId, personId), eq(matches.providerId, providerId), isNotNull(matches.askedAt)),
    );
  if (actor.kind === "person" && !actor.operator && !asked.some(({ contact }) => contact === actor.personId))
    throw new DomainError("forbidden", "not-yours", "This is somebody else's.");
  if (asked.length === 0)
    throw new DomainError("conflict", "never-dealt", "This person never asked for this provider.");
}

async function earlier(tx: Transaction, { personId, providerId, by }: Pair): Promise<string> {
  const [block] = await tx
    .select({ id: blocks.id })
    .from(blocks)
    .where(and(eq(blocks.personId, personId), eq(blocks.providerId, providerId), eq(blocks.by, by)));
  if (!block) throw new Error(`the block of ${personId} and ${providerId} is gone`);
  return block.id;
}

/** What is being searched for them may have found the other already: it is made again. */
async function searchAfresh(tx: Transaction, personId: string): Promise<void> {
  const searching = await tx
    .update(requests)
    .set({ searchAttempts: sql`${requests.searchAttempts} + 1` })
    .where(and(eq(requests.personId, personId), eq(requests.state, "searching")))
    .returning({ id: requests.id, trace: requests.trace });
  for (const { id, trace } of searching)
    nudgeAfterCommit(tx, { service: "matching", job: "match-request", id, trace });
}

async function part(db: Database, act: Act, { personId, providerId, by }: Pair): Promise<void> {
  const leaver = { as: "providerId", id: providerId } as const;
  const open = await db.read
    .selectDistinct({ id: requests.id })
    .from(requests)
    .innerJoin(matches, eq(matches.requestId, requests.id))
    .where(
      and(
        eq(requests.personId, personId),
        eq(matches.providerId, providerId),
        inArray(requests.state, [...openStates, "done"]),
        inArray(matches.state, ["listed", "withdrawn", "asked", "quoted"]),
      ),
    )
    .orderBy(asc(requests.id));
  for (const { id: requestId } of open)
    await db.transaction(async (tx) => {
      const { request, all } = await leaveList(tx, act, { requestId, leaver, role: "system" });
      const match = all.find(
        ({ state, providerId: of }) => of === providerId && (state === "asked" || state === "quoted"),
      );
      if (!match) return;
      await passOn(tx, act, { request, match, all, role: "system", cause: "left" });
      // Or they would answer for nothing. It does not say why.
      if (by === "person")
        await emit(tx, matchWithdrawn, { requestId, matchId: match.id, cause: "taken-back" }, act);
    });
}

/** Whoever blocked takes it back; an operator may for either. `no-such-block` (404), `not-yours` (403). */
export async function unblockPair(
  { db, clock }: Means,
  context: Context,
  { params: { blockId } }: HandlerInput<typeof unblockContract>,
): Promise<HandlerAnswer<typeof unblockContract>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const [block] = await tx.select().from(blocks).where(eq(blocks.id, blockId)).for("update");
      if (!block) throw new DomainError("not-found", "no-such-block", "There is no such block.");
      await refuseUnlessTheirs(tx, context, block);
      await tx.delete(blocks).where(eq(blocks.id, blockId));
      await record(tx, act, "pair.unblock", `block:${blockId}`);
      return { blockId };
    }),
  );
}

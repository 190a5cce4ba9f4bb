import type { Answer, HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type {
  decideComposition as contract,
  listCompositions as listContract,
} from "@minka/contracts/lot-compositions";
import type { Transaction } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { nextState } from "@minka/domain/lifecycle";
import { actOf, humansOf, type Context } from "@minka/service/act";
import { and, desc, eq, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { pledges } from "../pledges/pledges-tables.ts";
import { idempotencyKeys } from "../tables.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { compositionLines, compositions, type CompositionRow } from "./compositions-tables.ts";
import { lotDeliveries } from "./contracts-tables.ts";
import { endQuestions } from "../telling/end-questions.ts";
import { findLot, lockLot, moveLot, notePart } from "./lock-lot.ts";
import { compositionLifecycle, roleAs } from "./lot-lifecycle.ts";
import { refuseMaker, refuseUnlessOrganizer } from "../organizers/organizer.ts";
import { bySms, type Speaking } from "../telling/speaker.ts";
import type { Calling } from "./open-lot.ts";
import { refreshPlots, readPlots } from "./refresh-plots.ts";
import { compositionView } from "./propose-composition.ts";

/**
 * Another of the organizer's people approves a composition, and each member is told what of theirs is taken; or it is
 * rejected, an approved one as long as nothing was delivered: then it is collecting again. `no-such-composition` (404),
 * `own-proposal` (403), `illegal-transition` (409), `delivered-already` (409).
 */
export async function decideComposition(
  { db, clock, call }: Calling,
  context: Speaking,
  { params: { compositionId }, body: { approve } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  const { actor, trace } = context;
  const found = await findComposition(db.read, compositionId);
  const before = await findLot(db.read, found.lotId);
  await refuseUnlessOrganizer(call, context, before);
  const role = roleAs(actor, "provider");
  const plots = approve ? await readPlots({ db, call }, before.id, trace) : [];
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const lot = await lockLot(tx, found.lotId);
      const composition = await findComposition(tx, compositionId);
      const transition = approve ? "approve" : "reject";
      const state = nextState(compositionLifecycle, composition.state, transition, role);
      if (approve) {
        refuseMaker(actor, lot, composition.makers);
        await moveLot(tx, act, { lot, step: "compose", role });
        await refreshPlots(tx, plots);
        await notePart(tx, act, { lot, part: "approved", personIds: humansOf(actor) });
        await tellPeople(
          tx,
          act,
          { kind: "contribution-decided", id: lot.id },
          await settlePledges(tx, compositionId),
        );
      } else if (composition.state === "approved") {
        await refuseDelivered(tx, lot.id);
        await moveLot(tx, act, { lot, step: "recompose", role });
        await tx
          .update(pledges)
          .set({ takenGrams: null, leftGrams: null, leftBecause: null })
          .where(and(eq(pledges.lotId, lot.id), eq(pledges.carriedGrams, 0)));
      }
      await tx
        .update(compositions)
        .set({ state, decidedAt: act.at })
        .where(eq(compositions.id, compositionId));
      await record(tx, act, `composition.${transition}`, `composition:${compositionId}`);
      await endQuestions(tx, act, [composition.approverId], bySms(context));
      return { compositionId, state };
    }),
  );
}

async function findComposition(
  queries: Pick<Transaction, "select">,
  compositionId: string,
): Promise<CompositionRow> {
  const [row] = await queries.select().from(compositions).where(eq(compositions.id, compositionId));
  if (!row) throw new DomainError("not-found", "no-such-composition", "There is no such composition.");
  return row;
}

/** What of each pledge is in, and what is free for other lots. Returns whom it concerns. */
async function settlePledges(tx: Transaction, compositionId: string): Promise<string[]> {
  const concerned = await tx
    .select({ personId: compositionLines.personId })
    .from(compositionLines)
    .where(eq(compositionLines.compositionId, compositionId));
  await tx.execute(sql`
    update ${pledges} set taken_grams = l.taken_grams, left_grams = l.left_grams, left_because = l.reason
    from ${compositionLines} l
    where l.composition_id = ${compositionId} and ${pledges.id} = l.pledge_id`);
  return concerned.map(({ personId }) => personId);
}

/** What was delivered or carried to another lot cannot be composed otherwise. */
async function refuseDelivered(tx: Transaction, lotId: string): Promise<void> {
  const [delivered] = await tx
    .select({ id: lotDeliveries.id })
    .from(lotDeliveries)
    .where(eq(lotDeliveries.lotId, lotId))
    .limit(1);
  const [carried] = await tx
    .select({ id: pledges.id })
    .from(pledges)
    .where(and(eq(pledges.lotId, lotId), sql`carried_grams > 0`))
    .limit(1);
  if (delivered || carried)
    throw new DomainError("conflict", "delivered-already", "Something of it has left: it stays as it is.");
}

/** What was proposed, the newest first. */
export async function listCompositions(
  { db, call }: Calling,
  asking: Pick<Context, "actor" | "trace">,
  { params: { lotId } }: HandlerInput<typeof listContract>,
): Promise<HandlerAnswer<typeof listContract>> {
  await refuseUnlessOrganizer(call, asking, await findLot(db.read, lotId));
  const rows = await db.read
    .select()
    .from(compositions)
    .where(eq(compositions.lotId, lotId))
    .orderBy(desc(compositions.id))
    .limit(20);
  return { compositions: await Promise.all(rows.map((row) => compositionView(db.read, row))) };
}

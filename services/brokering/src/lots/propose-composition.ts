import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { LotComposition, proposeComposition as contract } from "@minka/contracts/lot-compositions";
import type { Queries, Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { nextState } from "@minka/domain/lifecycle";
import type { Composed, LotInstance } from "@minka/pooling/lot-instance";
import { actOf, humansOf, type Act, type Context } from "@minka/service/act";
import { and, asc, eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { inThread } from "../in-thread.ts";
import { idempotencyKeys } from "../tables.ts";
import { askPerson } from "../telling/asking.ts";
import { compositionLines, compositions, type CompositionRow } from "./compositions-tables.ts";
import { findLot, lockLot, notePart } from "./lock-lot.ts";
import { lotFacts, lotInstance, sameFacts, traitsOf, type Unready } from "./lot-instance.ts";
import { lotLifecycle } from "./lot-lifecycle.ts";
import { approversOf, refuseUnlessOrganizer } from "../organizers/organizer.ts";
import type { LotRow } from "./lots-tables.ts";
import type { Calling } from "./open-lot.ts";

/**
 * Chooses what makes up a lot and proposes it; an earlier proposal is superseded. `illegal-transition` (409) unless it
 * is collecting, `nothing-weighed` (409), `price-unknown` (409), `lot-changed` (409) when something was weighed or
 * measured meanwhile: ask again.
 */
export async function proposeComposition(
  { db, clock, call }: Calling,
  context: Context,
  { params: { lotId } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  const { actor, trace } = context;
  const before = await findLot(db.read, lotId);
  await refuseUnlessOrganizer(call, context, before);
  refuseUnlessCollecting(before);
  const facts = await lotFacts(db.read, before);
  const traits = await traitsOf(
    call,
    facts.pledged.map(({ personId }) => personId),
    trace,
  );
  const { instance, unready } = await lotInstance(db.read, before, facts, traits);
  if (instance.contributions.length === 0)
    throw new DomainError("conflict", "nothing-weighed", "Nothing was weighed that could be taken.");
  const found = await inThread("compose", instance);
  if (found.outcome === "impossible")
    return {
      outcome: "impossible",
      because: found.because.map(({ code, parameters }) => ({ code, parameters: { ...parameters } })),
      mostGrams: found.most?.grams ?? null,
    };
  const makers = humansOf(actor);
  const [approverId = null] = await approversOf(call, before, makers, trace);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const lot = await lockLot(tx, lotId);
      refuseUnlessCollecting(lot);
      if (!sameFacts(facts, await lotFacts(tx, lot)))
        throw new DomainError("conflict", "lot-changed", "Something has changed meanwhile: ask again.");
      const row = await store(tx, act, { lot, instance, unready, found, makers, approverId });
      await notePart(tx, act, { lot, part: "proposed", personIds: makers });
      if (approverId !== null) await askPerson(tx, act, { kind: "lot-composition", id: row.id });
      return { outcome: "proposed" as const, composition: await compositionView(tx, row) };
    }),
  );
}

function refuseUnlessCollecting({ state }: LotRow): void {
  nextState(lotLifecycle, state, "compose", "provider");
}

/** A statement has room for so many rows. */
const linesAtOnce = 2_000;

type Storing = {
  lot: LotRow;
  instance: LotInstance;
  unready: readonly Unready[];
  found: Composed;
  makers: string[];
  approverId: string | null;
};

async function store(
  tx: Transaction,
  act: Act,
  { lot, instance, unready, found, makers, approverId }: Storing,
): Promise<CompositionRow> {
  await tx
    .update(compositions)
    .set({ state: "superseded", decidedAt: act.at })
    .where(and(eq(compositions.lotId, lot.id), eq(compositions.state, "proposed")));
  const { grams, averages, womenSharePercent, payCentimos, pickupCentimos, netCentimos } = found;
  const { proven, gapCentimos } = found;
  const [row] = await tx
    .insert(compositions)
    .values({
      id: newId(),
      lotId: lot.id,
      state: "proposed",
      grams,
      averages,
      womenSharePercent,
      payCentimos,
      pickupCentimos,
      netCentimos,
      proven,
      gapCentimos: Math.ceil(gapCentimos),
      makers,
      approverId,
      proposedAt: act.at,
    })
    .returning();
  if (!row) throw new Error("a composition that was written is not there");
  const taken = new Map(found.taken.map((each) => [each.id, each]));
  const left = new Map(found.left.map((each) => [each.id, each]));
  const considered = instance.contributions.map((each) => ({
    compositionId: row.id,
    pledgeId: each.id,
    personId: each.personId,
    woman: each.woman,
    offeredGrams: each.grams,
    takenGrams: taken.get(each.id)?.grams ?? 0,
    leftGrams: left.get(each.id)?.grams ?? 0,
    centimosPerKg: each.centimosPerKg,
    payCentimos: taken.get(each.id)?.payCentimos ?? 0,
    reason: plain(left.get(each.id)?.reason),
  }));
  const others = unready.map(({ pledge, reason }) => ({
    compositionId: row.id,
    pledgeId: pledge.id,
    personId: pledge.personId,
    woman: false,
    offeredGrams: pledge.weighedGrams ?? 0,
    takenGrams: 0,
    leftGrams: pledge.weighedGrams ?? 0,
    centimosPerKg: 0,
    payCentimos: 0,
    reason,
  }));
  const lines = [...considered, ...others];
  for (let from = 0; from < lines.length; from += linesAtOnce)
    await tx.insert(compositionLines).values(lines.slice(from, from + linesAtOnce));
  await record(tx, act, "composition.propose", `composition:${row.id}`);
  return row;
}

function plain(reason: Composed["left"][number]["reason"] | undefined) {
  return reason ? { code: reason.code, parameters: { ...reason.parameters } } : null;
}

export async function compositionView(queries: Queries, row: CompositionRow): Promise<LotComposition> {
  const lines = await queries
    .select()
    .from(compositionLines)
    .where(eq(compositionLines.compositionId, row.id))
    .orderBy(asc(compositionLines.pledgeId));
  const { makers: _makers, approverId: _approver, ...told } = row;
  return {
    ...told,
    proposedAt: row.proposedAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    lines: lines.map(({ compositionId: _id, woman: _woman, ...line }) => line),
  };
}

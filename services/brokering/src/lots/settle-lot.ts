import type { Answer, HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type {
  decideSettlement as decideContract,
  LotSettlement,
  proposeSettlement as proposeContract,
  readSettlement as readContract,
} from "@minka/contracts/lot-settlements";
import type { Queries, Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { nextState } from "@minka/domain/lifecycle";
import type { DeductionKind, SettledMember } from "@minka/pooling/settle-lot";
import { actOf, humansOf, type Act, type Context } from "@minka/service/act";
import { and, asc, eq, ne } from "@minka/database/query";
import { record } from "../acting.ts";
import { repayFromSettlement } from "../credits/repay-from-settlement.ts";
import { idempotencyKeys } from "../tables.ts";
import { askPerson } from "../telling/asking.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { endQuestions } from "../telling/end-questions.ts";
import { freeUndelivered } from "./free-undelivered.ts";
import { findLot, lockLot, moveLot, notePart } from "./lock-lot.ts";
import { lotLifecycle, roleAs, settlementLifecycle } from "./lot-lifecycle.ts";
import { approversOf, refuseMaker, refuseUnlessOrganizer } from "../organizers/organizer.ts";
import { bySms, type Speaking } from "../telling/speaker.ts";
import type { Calling } from "./open-lot.ts";
import { settlementCredits, settlementLines, settlements, type SettlementRow } from "./settlements-tables.ts";
import { takeAdvances } from "./settle-advances.ts";
import { workOut, type WorkedOut } from "./work-out-settlement.ts";

/**
 * Works out what each member gets and proposes it; an earlier proposal is rejected by it. What `workOut` refuses, and
 * `illegal-transition` (409) once it is settled.
 */
export async function proposeSettlement(
  { db, clock, call }: Calling,
  context: Context,
  { params: { lotId } }: HandlerInput<typeof proposeContract>,
): Promise<Answer<typeof proposeContract>> {
  const { actor, trace } = context;
  const before = await findLot(db.read, lotId);
  await refuseUnlessOrganizer(call, context, before);
  const makers = humansOf(actor);
  const [approverId = null] = await approversOf(call, before, makers, trace);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const lot = await lockLot(tx, lotId);
      nextState(lotLifecycle, lot.state, "settle", roleAs(actor, "provider"));
      const worked = await workOut(tx, lot, act.at);
      await tx
        .update(settlements)
        .set({ state: "rejected", decidedAt: act.at })
        .where(and(eq(settlements.lotId, lotId), eq(settlements.state, "proposed")));
      const settlementId = await store(tx, act, { lotId, worked, makers, approverId });
      await record(tx, act, "settlement.propose", `settlement:${settlementId}`);
      await notePart(tx, act, { lot, part: "proposed", personIds: makers });
      if (approverId !== null) await askPerson(tx, act, { kind: "lot-settlement", id: settlementId });
      return { settlement: await settlementView(tx, await findSettlement(tx, settlementId)) };
    }),
  );
}

/** A statement has room for so many rows. */
const linesAtOnce = 2_000;

type Storing = { lotId: string; worked: WorkedOut; makers: string[]; approverId: string | null };

/** Refuses to be written where a céntimo is missing: the sums are checked here and by the table. */
async function store(
  tx: Transaction,
  act: Act,
  { lotId, worked: { settlement, contractCentimos, women }, makers, approverId }: Storing,
): Promise<string> {
  const id = newId();
  const lines = settlement.members.map((member) => ({
    id: newId(),
    settlementId: id,
    lotId,
    personId: member.personId,
    woman: women.has(member.personId),
    grams: member.grams,
    grossCentimos: member.grossCentimos,
    premiumCentimos: member.premiumCentimos,
    advanceCentimos: taken(member, "advance"),
    feeCentimos: taken(member, "fee"),
    creditCentimos: taken(member, "credit"),
    carriedCentimos: stillOwed(member),
    netCentimos: member.netCentimos,
  }));
  const sum = (of: (line: (typeof lines)[number]) => number) =>
    lines.reduce((all, line) => all + of(line), 0);
  const grossCentimos = sum((line) => line.grossCentimos);
  const premiumCentimos = sum((line) => line.premiumCentimos);
  if (grossCentimos + premiumCentimos !== contractCentimos)
    throw new Error(`settlement of lot ${lotId} is not what the buyer pays`);
  await tx.insert(settlements).values({
    id,
    lotId,
    state: "proposed",
    contractCentimos,
    grossCentimos,
    premiumCentimos,
    advanceCentimos: sum((line) => line.advanceCentimos),
    feeCentimos: sum((line) => line.feeCentimos),
    creditCentimos: sum((line) => line.creditCentimos),
    netCentimos: sum((line) => line.netCentimos),
    makers,
    approverId,
    proposedAt: act.at,
    trace: act.trace,
  });
  for (let from = 0; from < lines.length; from += linesAtOnce)
    await tx.insert(settlementLines).values(lines.slice(from, from + linesAtOnce));
  const repaid = repaymentsOf(settlement.members);
  if (repaid.length > 0)
    await tx.insert(settlementCredits).values(repaid.map((each) => ({ settlementId: id, ...each })));
  return id;
}

function taken({ deductions }: SettledMember, kind: DeductionKind): number {
  return deductions.reduce((sum, each) => (each.kind === kind ? sum + each.takenCentimos : sum), 0);
}

/** A fee is taken of what the harvest brings, and a loan is owed to its lender: only advances are owed here. */
function stillOwed({ deductions }: SettledMember): number {
  return deductions.reduce((sum, each) => (each.kind === "advance" ? sum + each.carriedCentimos : sum), 0);
}

function repaymentsOf(members: readonly SettledMember[]) {
  return members
    .flatMap(({ personId, deductions }) =>
      deductions.flatMap(({ kind, id, takenCentimos }) =>
        kind === "credit" && id !== null && takenCentimos > 0
          ? [{ creditId: id, personId, centimos: takenCentimos }]
          : [],
      ),
    )
    .toSorted((a, b) => (a.creditId < b.creditId ? -1 : 1));
}

/**
 * Another of the organizer's people approves a settlement: loans are repaid from it and each member is told theirs. Or
 * it is rejected, to be worked out anew. `no-such-settlement` (404), `own-proposal` (403), `illegal-transition` (409),
 * `settlement-outdated` (409) when an advance or a loan was paid meanwhile: propose it again.
 */
export async function decideSettlement(
  { db, clock, call }: Calling,
  context: Speaking,
  { params: { settlementId }, body: { approve } }: HandlerInput<typeof decideContract>,
): Promise<Answer<typeof decideContract>> {
  const { actor } = context;
  const found = await findSettlement(db.read, settlementId);
  await refuseUnlessOrganizer(call, context, await findLot(db.read, found.lotId));
  const role = roleAs(actor, "provider");
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const lot = await lockLot(tx, found.lotId);
      const settlement = await findSettlement(tx, settlementId);
      const step = approve ? "approve" : "reject";
      const state = nextState(settlementLifecycle, settlement.state, step, role);
      if (approve) {
        refuseMaker(actor, lot, settlement.makers);
        const lines = await linesOf(tx, settlementId);
        const worked = await workOut(tx, lot, settlement.proposedAt);
        await refuseOutdated(tx, { lines, settlementId, worked });
        await moveLot(tx, act, { lot, step: "settle", role });
        await freeUndelivered(tx, lot.id, worked);
        await takeAdvances(tx, lot.id, worked.settlement);
        const repayments = await tx
          .select({ creditId: settlementCredits.creditId, centimos: settlementCredits.centimos })
          .from(settlementCredits)
          .where(eq(settlementCredits.settlementId, settlementId));
        await repayFromSettlement(tx, act, { lotId: lot.id, repayments });
        await notePart(tx, act, { lot, part: "approved", personIds: humansOf(actor) });
        await tellPeople(
          tx,
          act,
          { kind: "statement-ready", id: lot.id },
          lines.map(({ personId }) => personId),
        );
      }
      await tx.update(settlements).set({ state, decidedAt: act.at }).where(eq(settlements.id, settlementId));
      await record(tx, act, `settlement.${step}`, `settlement:${settlementId}`);
      await endQuestions(tx, act, [settlement.approverId], bySms(context));
      return { settlementId, state };
    }),
  );
}

/** What was proposed has to be what is still due. */
async function refuseOutdated(
  tx: Transaction,
  {
    lines,
    settlementId,
    worked,
  }: { lines: Awaited<ReturnType<typeof linesOf>>; settlementId: string; worked: WorkedOut },
): Promise<void> {
  const repaid = await tx
    .select({ creditId: settlementCredits.creditId, centimos: settlementCredits.centimos })
    .from(settlementCredits)
    .where(eq(settlementCredits.settlementId, settlementId))
    .orderBy(asc(settlementCredits.creditId));
  const { members } = worked.settlement;
  const now = repaymentsOf(members).map(({ creditId, centimos }) => ({ creditId, centimos }));
  const same =
    members.length === lines.length &&
    members.every((member) =>
      lines.some(
        (line) =>
          line.personId === member.personId &&
          line.grossCentimos === member.grossCentimos &&
          line.advanceCentimos === taken(member, "advance") &&
          line.carriedCentimos === stillOwed(member) &&
          line.netCentimos === member.netCentimos,
      ),
    ) &&
    JSON.stringify(now) === JSON.stringify(repaid);
  if (!same)
    throw new DomainError(
      "conflict",
      "settlement-outdated",
      "Something was paid meanwhile: propose it again.",
    );
}

export async function findSettlement(queries: Queries, settlementId: string): Promise<SettlementRow> {
  const [row] = await queries.select().from(settlements).where(eq(settlements.id, settlementId));
  if (!row) throw new DomainError("not-found", "no-such-settlement", "There is no such settlement.");
  return row;
}

function linesOf(queries: Queries, settlementId: string) {
  return queries
    .select()
    .from(settlementLines)
    .where(eq(settlementLines.settlementId, settlementId))
    .orderBy(asc(settlementLines.id));
}

async function settlementView(queries: Queries, row: SettlementRow): Promise<LotSettlement> {
  const lines = await linesOf(queries, row.id);
  const { makers: _makers, approverId: _approver, trace: _trace, ...told } = row;
  return {
    ...told,
    proposedAt: row.proposedAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    lines: lines.map(({ id: lineId, settlementId: _of, lotId: _lot, woman: _woman, ...line }) => ({
      lineId,
      ...line,
    })),
  };
}

/** As it stands, for the organizer's people. */
export async function readSettlement(
  { db, call }: Calling,
  asking: Pick<Context, "actor" | "trace">,
  { params: { lotId } }: HandlerInput<typeof readContract>,
): Promise<HandlerAnswer<typeof readContract>> {
  await refuseUnlessOrganizer(call, asking, await findLot(db.read, lotId));
  const [row] = await db.read
    .select()
    .from(settlements)
    .where(and(eq(settlements.lotId, lotId), ne(settlements.state, "rejected")));
  return { settlement: row ? await settlementView(db.read, row) : null };
}

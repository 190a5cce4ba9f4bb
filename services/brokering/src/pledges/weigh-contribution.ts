import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type {
  correctReceipt as correctContract,
  weighContribution as weighContract,
} from "@minka/contracts/lot-pledges";
import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { DomainError } from "@minka/domain/errors";
import { humansOf, type Act, type Context } from "@minka/service/act";
import { and, eq, isNull, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { pointsOf } from "../lots/lock-lot.ts";
import { gramsInLot } from "../lots/lot-terms.ts";
import { lots, type LotRow } from "../lots/lots-tables.ts";
import type { Calling } from "../lots/open-lot.ts";
import { supersedeComposition } from "../lots/supersede-composition.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { pointUnknown } from "./make-pledge.ts";
import { notCollecting, onContribution, type Contribution } from "./on-contribution.ts";
import { receiptView } from "./pledge-view.ts";
import { pledges, receipts, type PledgeRow, type ReceiptRow } from "./pledges-tables.ts";

type Weighed = Omit<HandlerInput<typeof weighContract>["body"], "pointId" | "weighedBy">;

/**
 * The organizer's people weigh what a member brings. `not-collecting` (409) once it is composed, `point-unknown`,
 * `weight-wrong`, `weight-unlikely`, `harvest-state-wrong` (422).
 */
export const weighContribution = (
  means: Calling,
  context: Context,
  { params: { pledgeId }, body }: HandlerInput<typeof weighContract>,
): Promise<Answer<typeof weighContract>> =>
  onContribution(means, context, pledgeId, async (tx, act, { lot, pledge }) => {
    refuseCarried({ lot, pledge });
    if (!(await pointsOf(tx, lot.id)).some(({ id }) => id === body.pointId)) throw pointUnknown();
    const weighedBy = body.weighedBy ?? humansOf(context.actor).at(-1) ?? null;
    const row = { pointId: body.pointId, weighedBy, corrects: null, note: null };
    return { receipt: receiptView(await write(tx, act, { lot, pledge, weighed: body, ...row })) };
  });

/** A wrong weight gets a receipt of its own. `no-such-receipt` (404), `already-corrected`, `not-collecting` (409), and as above (422). */
export async function correctReceipt(
  means: Calling,
  context: Context,
  { params: { receiptId }, body }: HandlerInput<typeof correctContract>,
): Promise<Answer<typeof correctContract>> {
  const { pledgeId } = await findReceipt(means.db.read, receiptId);
  return onContribution(means, context, pledgeId, async (tx, act, { lot, pledge }) => {
    refuseCarried({ lot, pledge });
    const wrong = await findReceipt(tx, receiptId);
    if (wrong.correctedAt !== null)
      throw new DomainError("conflict", "already-corrected", "Correct the receipt that took its place.");
    await tx.update(receipts).set({ correctedAt: act.at }).where(eq(receipts.id, receiptId));
    const weighedBy = humansOf(context.actor).at(-1) ?? null;
    const row = { pointId: wrong.pointId, weighedBy, corrects: wrong.number, note: body.note };
    return { receipt: receiptView(await write(tx, act, { lot, pledge, weighed: body, ...row })) };
  });
}

async function findReceipt(queries: Pick<Transaction, "select">, receiptId: string): Promise<ReceiptRow> {
  const [row] = await queries.select().from(receipts).where(eq(receipts.id, receiptId));
  if (!row) throw new DomainError("not-found", "no-such-receipt", "There is no such receipt.");
  return row;
}

/** What came from another lot was weighed there. */
function refuseCarried({ lot, pledge }: Contribution): void {
  if (pledge.carriedFrom !== null) throw notCollecting(lot);
}

/** Who offers 300 kg may bring 900; ten times as much is a slip of the hand, which one receipt would make the lot's. */
const mostTimesPledged = 10;

function refuseSlip(grams: number, pledge: PledgeRow): void {
  if (grams <= pledge.grams * mostTimesPledged) return;
  throw new DomainError("invalid", "weight-unlikely", "Ten times what was pledged is not weighed at once.", {
    errors: [{ path: "body.amount.amount", message: "is more than ten times what was pledged" }],
  });
}

type Writing = Pick<ReceiptRow, "pointId" | "weighedBy" | "corrects" | "note"> & {
  lot: LotRow;
  pledge: PledgeRow;
  weighed: Weighed;
};

async function write(
  tx: Transaction,
  act: Act,
  { lot, pledge, weighed, ...said }: Writing,
): Promise<ReceiptRow> {
  const cropState = weighed.cropState ?? lot.cropState;
  const scale = gramsInLot(lot, weighed.amount, cropState);
  refuseSlip(scale.grams, pledge);
  const number = lot.receipts + 1;
  await tx.update(lots).set({ receipts: number }).where(eq(lots.id, lot.id));
  const [row] = await tx
    .insert(receipts)
    .values({
      id: newId(),
      lotId: lot.id,
      pledgeId: pledge.id,
      number,
      grams: scale.weighed,
      cropState,
      lotGrams: scale.grams,
      conversions: scale.conversions,
      weighedAt: act.at,
      ...said,
    })
    .returning();
  if (!row) throw new Error("a receipt that was written is not there");
  const standing = tx
    .select({ grams: sql`sum(${receipts.lotGrams})` })
    .from(receipts)
    .where(and(eq(receipts.pledgeId, pledge.id), isNull(receipts.correctedAt)));
  await tx
    .update(pledges)
    .set({ weighedGrams: sql`(${standing})` })
    .where(eq(pledges.id, pledge.id));
  await supersedeComposition(tx, act, lot.id);
  await record(tx, act, said.corrects === null ? "receipt.write" : "receipt.correct", `receipt:${row.id}`);
  await tellPeople(tx, act, { kind: "contribution-weighed", id: row.id }, [pledge.personId]);
  return row;
}

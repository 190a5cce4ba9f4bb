import type { ContractTerms } from "@minka/contracts/lot-contracts";
import type { Transaction } from "@minka/database/connect";
import { apportion } from "@minka/domain/apportion";
import { DomainError } from "@minka/domain/errors";
import { addDays, limaDay } from "@minka/domain/lima-time";
import { settleLot, type Deduction, type Settlement } from "@minka/pooling/settle-lot";
import { and, asc, eq, gt } from "@minka/database/query";
import { dueFromSettlement } from "../credits/repay-from-settlement.ts";
import { qualityOf } from "../pledges/pledge-view.ts";
import { compositionLines, compositions } from "./compositions-tables.ts";
import { contractOf } from "./contract-sides.ts";
import { lotDeliveries } from "./contracts-tables.ts";
import type { LotRow } from "./lots-tables.ts";
import { advancesOf } from "./settle-advances.ts";

/** Instalments that fall due this long after the harvest is paid are still paid from it: the next money is far. */
const creditDaysAhead = 45;

export type WorkedOut = {
  readonly settlement: Settlement;
  readonly contractCentimos: number;
  readonly women: ReadonlySet<string>;
};

/**
 * What each member gets of what the buyer has confirmed to have got. The lot is locked. `contract-missing`,
 * `not-composed`, `nothing-delivered`, `delivery-waits`, `advance-waits` (409).
 */
export async function workOut(tx: Transaction, lot: LotRow, now: Date): Promise<WorkedOut> {
  const contract = await contractOf(tx, lot.id);
  if (contract?.state !== "signed" || !contract.terms)
    throw new DomainError("conflict", "contract-missing", "Nothing is settled before both have signed.");
  const { terms } = contract;
  const delivered = await deliveredOf(tx, lot.id);
  const taken = await tx
    .select({
      pledgeId: compositionLines.pledgeId,
      personId: compositionLines.personId,
      woman: compositionLines.woman,
      grams: compositionLines.takenGrams,
    })
    .from(compositionLines)
    .innerJoin(compositions, eq(compositions.id, compositionLines.compositionId))
    .where(
      and(
        eq(compositions.lotId, lot.id),
        eq(compositions.state, "approved"),
        gt(compositionLines.takenGrams, 0),
      ),
    )
    .orderBy(asc(compositionLines.pledgeId));
  if (taken.length === 0)
    throw new DomainError("conflict", "not-composed", "Nobody has decided yet what makes up the lot.");
  const quality = await qualityOf(
    tx,
    taken.map(({ pledgeId }) => pledgeId),
  );
  const personIds = [...new Set(taken.map(({ personId }) => personId))];
  const settlement = settleLot({
    lines: asDelivered(taken, delivered).map(({ pledgeId, personId, woman, grams }) => ({
      id: pledgeId,
      personId,
      woman,
      grams,
      centimosPerKg: terms.centimosPerKg,
      quality: quality.get(pledgeId) ?? {},
    })),
    adjustments: terms.adjustments satisfies ContractTerms["adjustments"],
    contractCentimos: delivered.centimos,
    womenPremiumCentimosPerKg: terms.womenPremiumCentimosPerKg,
    womenPremiumCentimos: delivered.premiumCentimos,
    feePercent: lot.feePercent,
    feeCentimosPerKg: lot.feeCentimosPerKg,
    deductions: [...(await advancesOf(tx, lot, personIds)), ...(await creditsOf(tx, lot, personIds, now))],
  });
  const women = new Set(taken.flatMap(({ woman, personId }) => (woman ? [personId] : [])));
  return { settlement, contractCentimos: delivered.centimos, women };
}

type Delivered = { grams: number; womenGrams: number; centimos: number; premiumCentimos: number };

/** What the buyer confirmed. What waits for an answer has to get one first. */
async function deliveredOf(tx: Transaction, lotId: string): Promise<Delivered> {
  const rows = await tx.select().from(lotDeliveries).where(eq(lotDeliveries.lotId, lotId));
  if (rows.some(({ state }) => state === "recorded"))
    throw new DomainError("conflict", "delivery-waits", "The buyer has not confirmed every delivery.");
  const confirmed = rows.filter(({ state }) => state === "confirmed");
  if (confirmed.length === 0)
    throw new DomainError("conflict", "nothing-delivered", "The buyer has got nothing of it yet.");
  const sum = (of: (row: (typeof rows)[number]) => number) =>
    confirmed.reduce((all, row) => all + of(row), 0);
  return {
    grams: sum(({ grams }) => grams),
    womenGrams: sum(({ womenGrams }) => womenGrams),
    premiumCentimos: sum(({ womenPremiumCentimos }) => womenPremiumCentimos),
    centimos: sum(({ valueCentimos, womenPremiumCentimos }) => valueCentimos + womenPremiumCentimos),
  };
}

type Taken = { pledgeId: string; personId: string; woman: boolean; grams: number };

/**
 * On its way harvest dries and scales differ: what arrived is shared by what was taken, women's among women, so that
 * the premium is for as much as the buyer pays it for.
 */
function asDelivered(taken: readonly Taken[], { grams, womenGrams }: Delivered): Taken[] {
  const some = taken.some(({ woman }) => !woman);
  const [ofWomen, ofOthers] = some ? [womenGrams, grams - womenGrams] : [grams, 0];
  const women = apportion(
    ofWomen,
    taken.map((each) => (each.woman ? each.grams : 0)),
  );
  const others = apportion(
    ofOthers,
    taken.map((each) => (each.woman ? 0 : each.grams)),
  );
  return taken.map((each, index) => ({ ...each, grams: (women[index] ?? 0) + (others[index] ?? 0) }));
}

/** Loans for which this organization vouches and which their borrowers agreed to repay so. */
async function creditsOf(
  tx: Transaction,
  { organizerKind, organizerId }: LotRow,
  personIds: readonly string[],
  now: Date,
): Promise<Deduction[]> {
  if (organizerKind === "provider") return [];
  const upTo = addDays(limaDay(now), creditDaysAhead);
  const due = await dueFromSettlement(tx, { organizationId: organizerId, personIds, upTo });
  return due.map(({ creditId, personId, centimos }) => ({
    personId,
    kind: "credit",
    id: creditId,
    centimos,
  }));
}

import { smallestGuarantee } from "@minka/contracts/group-guarantees";
import type { Transaction } from "@minka/database/connect";
import type { Act } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { isWithLender } from "../credits/credit-lifecycle.ts";
import { toldOf } from "../credits/credit-row.ts";
import { credits } from "../credits/credits-tables.ts";
import { reassess } from "../credits/reassess.ts";
import { tellPeople } from "../telling/tell-people.ts";
import type { GuaranteeRow } from "./group-guarantees-tables.ts";
import { freeGuarantors, guarantorsOf, setGuarantee } from "./guarantee-row.ts";

/**
 * Whether the guarantee of a credit whose row is locked stands, after somebody answered or left: it does once all who
 * were named have agreed, and fails when one does not, since the rest's shares no longer cover it. The borrower may then
 * name others. A lender that has it already is told that what it counts on is gone, and sees so.
 */
export async function settleGuarantee(tx: Transaction, act: Act, guarantee: GuaranteeRow): Promise<void> {
  if (guarantee.state !== "gathering" && guarantee.state !== "standing") return;
  const rows = await guarantorsOf(tx, guarantee.id);
  const left = rows.some(({ state }) => state !== "asked" && state !== "agreed");
  const agreed = rows.length >= smallestGuarantee && rows.every(({ state }) => state === "agreed");
  const state = left ? "failed" : agreed ? "standing" : "gathering";
  if (state === guarantee.state) return;
  await setGuarantee(tx, act, { guaranteeId: guarantee.id, state });
  if (state === "failed") await freeGuarantors(tx, act, guarantee.id);
  const [credit] = await tx.select().from(credits).where(eq(credits.id, guarantee.creditId));
  if (!credit) return;
  await tellPeople(tx, act, { kind: "guarantee-settled", id: guarantee.id }, toldOf(credit));
  await reassess(tx, act, credit, { requirement: "group_guarantee", holds: state === "standing" });
  if (guarantee.state === "standing" && isWithLender(credit.state) && credit.lenderPersonId)
    await tellPeople(tx, act, { kind: "guarantee-lost", id: guarantee.id }, [credit.lenderPersonId]);
}

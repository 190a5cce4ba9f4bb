import type { Queries } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { eq } from "@minka/database/query";
import { named, over, personName, reply, soles } from "../credits/credit-askings.ts";
import { mostGuaranteedCentimos } from "../credits/credit-days.ts";
import { credits } from "../credits/credits-tables.ts";
import { lenderPeople } from "../credits/lender-people.ts";
import type { Asking } from "../telling/asking.ts";
import type { NewsReader } from "../telling/news.ts";
import { answerGuarantee } from "./answer-guarantee.ts";
import { guarantees, guarantors } from "./group-guarantees-tables.ts";

async function findGuarantor(queries: Queries, guarantorId: string) {
  const [found] = await queries
    .select({
      guarantor: guarantors,
      guarantee: guarantees.state,
      borrowerId: credits.personId,
      amountCentimos: credits.amountCentimos,
    })
    .from(guarantors)
    .innerJoin(guarantees, eq(guarantees.id, guarantors.guaranteeId))
    .innerJoin(credits, eq(credits.id, guarantees.creditId))
    .where(eq(guarantors.id, guarantorId));
  return found;
}

/** To somebody who was named: do you answer for your share of this credit? */
export const guaranteeAsking: Asking = {
  async readQuestion(kit, id, trace) {
    const found = await findGuarantor(kit.db.read, id);
    if (!found || found.guarantor.state !== "asked" || found.borrowerId === null) return null;
    const { personId, centimos, expiresAt } = found.guarantor;
    if (personId === null || found.guarantee !== "gathering") return null;
    return {
      text: "guarantee_asked",
      parameters: {
        borrower: named(await personName(kit, found.borrowerId, trace)),
        total: soles(found.amountCentimos),
        amount: soles(centimos),
      },
      personId,
      expiresAt,
    };
  },
  async answerQuestion(kit, context, { id, personId, accepted }) {
    try {
      const params = { guarantorId: id };
      await answerGuarantee(kit, context, { params, body: { accepted, personId } });
    } catch (error) {
      if (error instanceof DomainError && error.code === "guarantees-too-much")
        return reply("guarantee_too_much", { amount: soles(mostGuaranteedCentimos) });
      return over(error);
    }
    const found = await findGuarantor(kit.db.read, id);
    const amount = soles(found?.guarantor.centimos ?? 0);
    return accepted ? reply("guarantee_yes", { amount }) : reply("guarantee_no");
  },
};

/** To the borrower, whether it stands: the id is the guarantee's. */
export const guaranteeNews: NewsReader = async ({ db }, { id, personIds }) => {
  const [row] = await db.read.select().from(guarantees).where(eq(guarantees.id, id));
  if (row?.state !== "standing" && row?.state !== "failed") return [];
  const text = row.state === "standing" ? "guarantee_stands" : "guarantee_failed";
  return personIds.map((personId) => ({ personId, text, parameters: {}, until: null, toMany: false }));
};

/** To the lender, that nobody answers any more: the id is the guarantee's. */
export const guaranteeLostNews: NewsReader = async ({ db, call }, { id, trace }) => {
  const [found] = await db.read
    .select({ state: guarantees.state, credit: credits })
    .from(guarantees)
    .innerJoin(credits, eq(credits.id, guarantees.creditId))
    .where(eq(guarantees.id, id));
  if (found?.state !== "failed") return [];
  const { credit } = found;
  const parameters = { amount: soles(credit.approvedCentimos ?? credit.amountCentimos) };
  return (await lenderPeople(call, credit, trace)).map((personId) => ({
    personId,
    text: "guarantee_lost",
    parameters,
    until: null,
    toMany: false,
  }));
};

/** To a guarantor, that the credit is in arrears: the id is theirs. */
export const guaranteeCalledNews: NewsReader = async (kit, { id, personIds, trace }) => {
  const found = await findGuarantor(kit.db.read, id);
  if (found?.guarantee !== "called" || found.borrowerId === null) return [];
  const parameters = {
    borrower: named(await personName(kit, found.borrowerId, trace)),
    amount: soles(found.guarantor.centimos),
  };
  return personIds.map((personId) => ({
    personId,
    text: "guarantee_called",
    parameters,
    until: null,
    toMany: false,
  }));
};

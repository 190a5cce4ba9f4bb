import type { Wording, WordingValue } from "@minka/contracts/wordings";
import { contactCards } from "@minka/contracts/profiles";
import { readOrganization } from "@minka/contracts/organizations";
import { quoteLoan } from "@minka/domain/credit/quote-loan";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import { and, eq } from "@minka/database/query";
import { askAnew, isChanged, type Asking, type AskingKit, type Question } from "../telling/asking.ts";
import { answerApproval, settlementPays } from "./answer-approval.ts";
import { answerConsent } from "./answer-consent.ts";
import { approvalDays, draftDays, lenderWorkingDays, reminderDays } from "./credit-days.ts";
import { findCredit } from "./credit-row.ts";
import { afterWorkingDays } from "./credit-timer.ts";
import { consents, credits, type CreditRow } from "./credits-tables.ts";
import { lenderPeople } from "./lender-people.ts";
import { reviewCredit } from "./lender-steps.ts";

const dayMs = 24 * 60 * 60 * 1000;
const daysFrom = (at: Date, days: number) => new Date(at.getTime() + days * dayMs);

export const soles = (centimos: number): WordingValue => ({ as: "soles", centimos });
export const named = (text: string | null, most = 24): WordingValue => ({
  as: "name",
  text: text ?? "",
  most,
});
export const reply = (text: string, parameters: Wording["parameters"] = {}) => ({
  reply: { text, parameters },
});

/** What an answer that comes too late is told; anything else is a mistake. */
export const over = (error: unknown) => {
  if (error instanceof DomainError && error.category !== "unavailable") return reply("credit_question_over");
  throw error;
};

/** On what a lender lends, or an organization vouches. */
export const sayConditions = (entries: readonly string[]): WordingValue => ({
  as: "words",
  group: "credit_condition",
  entries: [...entries],
});

async function readRow(kit: AskingKit, id: string): Promise<CreditRow | undefined> {
  const [row] = await kit.db.read.select().from(credits).where(eq(credits.id, id));
  return row;
}

/** Whether a consent is still waited for. */
async function awaited(kit: AskingKit, creditId: string, consent: "origination" | "history") {
  const [row] = await kit.db.read
    .select()
    .from(consents)
    .where(and(eq(consents.creditId, creditId), eq(consents.consent, consent)));
  return row && row.given === null ? row : undefined;
}

/** To a person for whom a broker or an agent asks, whose own interest is said. */
export const originationAsking: Asking = {
  async readQuestion(kit, id, trace) {
    const row = await readRow(kit, id);
    const asked = await awaited(kit, id, "origination");
    if (!row || !asked || row.state !== "draft" || row.personId === null || row.originatorId === null)
      return null;
    const { contacts } = await kit.call(contactCards, { body: { personIds: [row.originatorId] } }, { trace });
    const parameters = {
      name: named(contacts[0]?.name ?? null, 40),
      amount: soles(row.amountCentimos),
      months: row.months,
    };
    const question = { personId: row.personId, expiresAt: daysFrom(asked.askedAt, draftDays) };
    if (row.interest === null) return { ...question, text: "credit_origination_broker", parameters };
    const interest = { as: "word", group: "credit_interest", entry: row.interest } as const;
    return { ...question, text: "credit_origination_agent", parameters: { ...parameters, interest } };
  },
  async answerQuestion(kit, context, { id, personId, accepted }) {
    try {
      const params = { creditId: id, consent: "origination" } as const;
      await answerConsent(kit, context, { params, body: { given: accepted, personId } });
    } catch (error) {
      return over(error);
    }
    return reply(accepted ? "credit_origination_yes" : "credit_origination_no");
  },
};

/** To the person: may this lender see counts and sums of what they did here, for this credit? */
export const historyAsking: Asking = {
  async readQuestion(kit, id) {
    const row = await readRow(kit, id);
    const asked = await awaited(kit, id, "history");
    if (!row || !asked || row.state !== "draft" || row.personId === null) return null;
    // What was changed has to be compared and chosen again first.
    if (row.lenderId === null) return null;
    return {
      text: "credit_history_asked",
      parameters: { lender: named(row.lenderName) },
      version: row.lenderId,
      personId: row.personId,
      expiresAt: daysFrom(asked.askedAt, draftDays),
    };
  },
  async answerQuestion(kit, context, { id, personId, accepted, version: lenderId }) {
    try {
      const params = { creditId: id, consent: "history" } as const;
      await answerConsent(kit, context, { params, body: { given: accepted, lenderId, personId } });
    } catch (error) {
      if (!isChanged(error)) return over(error);
      const { lenderId: now } = await findCredit(kit.db.read, id);
      if (now === null) return reply("credit_question_over");
      // Whoever chose the other lender on a page was sent no new question: it is put now.
      return askAnew(kit, context, { kind: "credit-history", id }, undefined);
    }
    return reply(accepted ? "credit_history_yes" : "credit_history_no");
  },
};

/** To the borrower: do you take it as it was approved? With what all of it costs. */
export const termsAsking: Asking = {
  async readQuestion(kit, id) {
    const row = await readRow(kit, id);
    if (!row) return null;
    const fromSettlement = await settlementPays(kit.db.read, row);
    return approvedQuestion(row, { now: kit.clock(), fromSettlement });
  },
  async answerQuestion(kit, context, { id, personId, accepted }) {
    try {
      await answerApproval(kit, context, { params: { creditId: id }, body: { accepted, personId } });
    } catch (error) {
      return over(error);
    }
    const { lenderName } = await findCredit(kit.db.read, id);
    return accepted ? reply("credit_accepted", { lender: named(lenderName) }) : reply("credit_declined");
  },
};

function approvedQuestion(
  row: CreditRow,
  { now, fromSettlement }: { now: Date; fromSettlement: boolean },
): Question | null {
  const { terms, approvedCentimos, approvedMonths, nextAt, nextStep } = row;
  const personId = row.personId ?? row.contactId;
  if (row.state !== "approved" || !terms || !personId || approvedCentimos === null || approvedMonths === null)
    return null;
  const quote = quoteLoan(terms, {
    amountCentimos: approvedCentimos,
    months: approvedMonths,
    startsOn: limaDay(now),
  });
  const left = nextStep === "remind-borrower" ? approvalDays - reminderDays : 0;
  const instalments = quote.instalments.map(({ totalCentimos }) => totalCentimos);
  const parameters = {
    lender: named(row.lenderName),
    // What arrives; the opening fee is kept back of it, so that what is paid are the instalments.
    amount: soles(quote.receivedCentimos),
    count: instalments.length,
    instalment: soles(Math.max(...instalments)),
    total: soles(instalments.reduce((sum, each) => sum + each, 0)),
  };
  const others = row.conditions.filter((one) => one !== "repay_from_settlement");
  const conditions = [...(fromSettlement ? ["repay_from_settlement"] : []), ...others];
  return {
    ...(others.length > 0
      ? {
          text: "credit_terms_asked_on",
          parameters: { ...parameters, conditions: sayConditions(conditions) },
        }
      : { text: fromSettlement ? "credit_terms_asked_settlement" : "credit_terms_asked", parameters }),
    personId,
    expiresAt: daysFrom(nextAt ?? now, left),
  };
}

/** To who answers for the lender's offer: do you look at it now? */
export const reviewAsking: Asking = {
  async readQuestion(kit, id, trace) {
    const row = await readRow(kit, id);
    if (row?.state !== "submitted" || row.submittedAt === null) return null;
    const [personId] = await lenderPeople(kit.call, row, trace);
    if (personId === undefined) return null;
    return {
      text: "credit_review_asked",
      parameters: {
        amount: soles(row.amountCentimos),
        months: row.months,
        product: named(row.offerTitle, 30),
      },
      personId,
      expiresAt: afterWorkingDays(row.submittedAt, lenderWorkingDays),
    };
  },
  async answerQuestion(kit, context, { id, personId, accepted }) {
    if (!accepted) return reply("credit_review_later");
    try {
      await reviewCredit(kit, context, { params: { creditId: id }, body: { personId } });
    } catch (error) {
      return over(error);
    }
    return reply("credit_reviewing");
  },
};

export async function organizationName(
  { call }: Pick<AskingKit, "call">,
  organizationId: string,
  trace: string,
): Promise<string> {
  const { organization } = await call(readOrganization, { params: { organizationId } }, { trace });
  return organization.name;
}

export async function personName(
  { call }: Pick<AskingKit, "call">,
  personId: string,
  trace: string,
): Promise<string | null> {
  const { contacts } = await call(contactCards, { body: { personIds: [personId] } }, { trace });
  return contacts[0]?.name ?? null;
}

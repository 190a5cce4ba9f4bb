import type { MoreAsked } from "@minka/contracts/credit-words";
import type { Wording, WordingValue } from "@minka/contracts/wordings";
import { eq } from "@minka/database/query";
import { askAnew, isChanged, type Asking } from "../telling/asking.ts";
import { answerMore } from "./ask-more.ts";
import { named, over, reply } from "./credit-askings.ts";
import { approvalDays, reminderDays } from "./credit-days.ts";
import { findCredit } from "./credit-row.ts";
import { credits } from "./credits-tables.ts";

const dayMs = 24 * 60 * 60 * 1000;
const mostNote = 60;

/** To the borrower: do you have what the lender asks for besides? A no changes nothing: it is asked once more. */
export const moreAsking: Asking = {
  async readQuestion(kit, id) {
    const [row] = await kit.db.read.select().from(credits).where(eq(credits.id, id));
    const personId = row?.personId ?? row?.contactId;
    if (row?.state !== "more_asked" || !row.more || !personId) return null;
    const left = row.nextStep === "remind-more" ? approvalDays - reminderDays : 0;
    return {
      ...wordsOf(row.more, row.lenderName),
      personId,
      version: row.more.askedAt,
      expiresAt: new Date((row.nextAt ?? kit.clock()).getTime() + left * dayMs),
    };
  },
  async answerQuestion(kit, context, { id, personId, accepted, version: askedAt }) {
    if (!accepted) return reply("credit_more_later");
    try {
      await answerMore(kit, context, { params: { creditId: id }, body: { personId, askedAt } });
    } catch (error) {
      if (isChanged(error)) return askAnew(kit, context, { kind: "credit-more", id }, askedAt);
      return over(error);
    }
    const { lenderName } = await findCredit(kit.db.read, id);
    return reply("credit_more_told", { lender: named(lenderName) });
  },
};

function wordsOf({ requirements, note }: MoreAsked, lenderName: string | null): Wording {
  const lender = named(lenderName);
  const listed: WordingValue = { as: "words", group: "requirement", entries: requirements };
  if (note === null) return { text: "credit_more_asked", parameters: { lender, wanted: listed } };
  const said = named(note, mostNote);
  if (requirements.length === 0) return { text: "credit_more_asked", parameters: { lender, wanted: said } };
  return { text: "credit_more_asked_note", parameters: { lender, wanted: listed, note: said } };
}

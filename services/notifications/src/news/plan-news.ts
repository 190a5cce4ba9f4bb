import {
  planNeedsReview,
  planVisitProposed,
  planVisitWithdrawn,
  readPlanVisit,
  type PlanProposal,
} from "@minka/contracts/plan-visits";
import { contactCards } from "@minka/contracts/profiles";
import type { Transaction } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { limaDay, limaInstant } from "@minka/domain/lima-time";
import { readablePhone } from "@minka/domain/phone";
import { sayClock, sayOnDay, sayPlanReason } from "@minka/language/say-plan";
import { said, type TextKey } from "@minka/language/texts";
import { on, type EventHandler } from "@minka/service/define-service";
import { raisePlanLeft } from "../attention/raise-attention.ts";
import { lockConversation } from "../conversations/conversation-lease.ts";
import { shortName } from "../conversations/say-match.ts";
import { proposalWords, sayMonthName } from "../conversations/say-plan.ts";
import { takeBackPlanVisit } from "../conversations/take-back-questions.ts";
import { contactOf } from "./plan-agent-news.ts";
import { ask, tell, type NewsKit } from "./tell.ts";

/** What the person who is asked had said themself needs no reason. */
const saidByThem = "producer-cannot-then";
const reviewed = {
  "drawn-up": "plan_ready",
  failed: "plan_failed",
  "visits-left": "plan_left",
  "not-placed-anew": "plan_stands",
} as const;
/** What an operator sees to as well: nobody may have had the plan made. */
const forOperators: ReadonlySet<string> = new Set(["visits-left", "not-placed-anew"]);

/** Producers are asked about visits of agents' plans and told what becomes of them; who had a plan made, how it is. */
export function planNews(kit: NewsKit): EventHandler[] {
  return [
    on(planVisitProposed, async ({ payload: { planVisitId, personId, occasion }, trace, once }) => {
      const visit = await readPlanned(kit, planVisitId, trace);
      const to = await contactOf(kit, personId, trace);
      await once(async (tx) => {
        const at = kit.clock();
        if (!to || visit?.state !== "proposed" || visit.answerBy === null) return;
        const expiresAt = new Date(visit.answerBy);
        if (expiresAt <= at) return;
        const { day, startsAt } = visit;
        await ask({ tx, at, trace }, to, {
          subject: {
            kind: "confirmation",
            service: "matching",
            what: "plan-visit",
            id: planVisitId,
            personId,
            told: { day, startsAt },
          },
          text: said(askedBy(visit, occasion), {
            ...proposalWords(visit, at),
            why: because(visit.moved?.why ?? null, at),
          }),
          expiresAt,
        });
      });
    }),

    on(planVisitWithdrawn, async ({ payload: { planVisitId, personId }, trace, once }) => {
      const visit = await readPlanned(kit, planVisitId, trace);
      const to = await contactOf(kit, personId, trace);
      await once(async (tx) => {
        const at = kit.clock();
        if (!to || !visit || visit.state === "proposed" || visit.state === "accepted") return;
        const moment = { at, trace };
        await lockConversation(tx, to.phone, trace);
        await takeBackPlanVisit(tx, to.phone, planVisitId, moment);
        const why = visit.why ?? visit.moved?.why ?? null;
        // Who said nothing knows that nothing was agreed.
        if (why?.code === "no-answer") return;
        const { providerName, day, startsAt } = visit.moved ?? visit;
        const ends = visit.state === "dropped";
        const text = said(ends ? "plan_visit_withdrawn" : "plan_visit_withdrawn_next", {
          provider: shortName(providerName),
          day: (language) => sayOnDay(day, limaDay(at), language),
          time: (language) => sayClock(startsAt, language),
          why: because(why, at),
        });
        await tell({ tx, ...moment }, to, text, limaInstant(day, 24));
      });
    }),

    on(planNeedsReview, async ({ payload, trace, once }) => {
      const { planId, personId, occasion, month, visits, unassigned } = payload;
      const to = personId === null ? undefined : await contactOf(kit, personId, trace);
      await once(async (tx) => {
        const at = kit.clock();
        const isNew =
          !forOperators.has(occasion) || (await raisePlanLeft(tx, { planId, phone: to?.phone ?? "", at }));
        if (!to || !isNew) return;
        const words = { month: (language: string) => sayMonthName(month, language), left: unassigned };
        await tell({ tx, at, trace }, to, said(reviewed[occasion], { ...words, count: visits }));
      });
    }),
  ];
}

function askedBy({ moved }: PlanProposal, occasion: "first" | "moved" | "reminder"): TextKey {
  if (occasion === "reminder") return "plan_visit_ask_again";
  if (occasion === "first") return "plan_visit_ask";
  return moved?.why.code === saidByThem ? "plan_visit_ask_other" : "plan_visit_ask_moved";
}

function because(why: PlanProposal["why"], at: Date): (language: string) => string {
  return (language) => {
    const words = why && sayPlanReason(why, limaDay(at), language);
    return words ? `: ${words}` : "";
  };
}

type Once = (work: (tx: Transaction) => Promise<void>) => Promise<void>;
type Agreed = { planVisitId: string; providerPersonId: string | undefined; trace: string };

/**
 * A planned visit was agreed on: the producer reads when, where and who comes. The agent reads it with the others of the
 * day on the evening before, and not each apart.
 */
export async function tellPlannedVisit(
  kit: NewsKit,
  { planVisitId, providerPersonId, trace }: Agreed,
  once: Once,
): Promise<void> {
  const visit = await readPlanned(kit, planVisitId, trace);
  const personIds = [visit?.personId, providerPersonId].filter((id) => id !== undefined);
  const { contacts } =
    personIds.length === 2
      ? await kit.call(contactCards, { body: { personIds } }, { trace })
      : { contacts: [] };
  await once(async (tx) => {
    const at = kit.clock();
    const to = contacts.find(({ personId }) => personId === visit?.personId);
    const agent = contacts.find(({ personId }) => personId === providerPersonId);
    if (!to || !agent || visit?.state !== "accepted") return;
    const words = { ...proposalWords(visit, at), phone: readablePhone(agent.phone) };
    await tell({ tx, at, trace }, to, said("plan_visit_agreed", words), limaInstant(visit.day, 24));
    // Answered on the web, or by telephone: nothing is asked any more.
    await takeBackPlanVisit(tx, to.phone, planVisitId, { at, trace });
  });
}

/** Null for one of somebody who has left meanwhile, or that nobody was told of. */
export async function readPlanned(
  { call }: NewsKit,
  planVisitId: string,
  trace: string,
): Promise<PlanProposal | null> {
  try {
    return (await call(readPlanVisit, { params: { planVisitId } }, { trace })).visit;
  } catch (error) {
    if (error instanceof DomainError && error.category === "not-found") return null;
    throw error;
  }
}

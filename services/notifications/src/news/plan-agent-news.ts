import { listPlanDays, planAgentTold, planDayDue } from "@minka/contracts/plan-visits";
import { contactCards } from "@minka/contracts/profiles";
import type { Transaction } from "@minka/database/connect";
import { addDays, limaDay, limaInstant } from "@minka/domain/lima-time";
import { sayPlanReason, sayShortDay } from "@minka/language/say-plan";
import { renderText, said } from "@minka/language/texts";
import { on, type EventHandler } from "@minka/service/define-service";
import { ne } from "@minka/database/query";
import { daysInShort, sayMonth, sayStops } from "../conversations/say-plan.ts";
import { idempotencyKeys } from "../tables.ts";
import { ask, tell, type NewsKit } from "./tell.ts";

/** An agent who says nothing is waited for until the second evening after they were asked, or the one after a reminder. */
const waitUntil = 19;
/** What is for a day helps nobody after its morning. */
const dayIsUsed = 12;

const questions = {
  first: "plan_month_ask",
  changed: "plan_month_changed",
  reminder: "plan_month_again",
} as const;

/** Agents read and agree to their month, hear of changes, and are told each evening whom they go to. */
export function planAgentNews(kit: NewsKit): EventHandler[] {
  return [
    on(planAgentTold, async ({ payload, trace, once }) => {
      const { planId, providerId, personId, occasion, why } = payload;
      const month = await readMonth(kit, payload, trace);
      const to = await contactOf(kit, personId, trace);
      await once(async (tx) => {
        const at = kit.clock();
        const today = limaDay(at);
        if (!to || !month) return;
        const ahead = { ...month, days: month.days.filter(({ day }) => day >= today) };
        const isNew = await keepTold(tx, `${planId}:${providerId}`, { days: daysInShort(month.days), at });
        if (month.answer === "waiting") {
          await ask({ tx, at, trace }, to, {
            subject: {
              kind: "confirmation",
              service: "matching",
              what: "plan-month",
              id: `${planId}:${providerId}`,
              planId,
              providerId,
              personId,
              month: month.month,
              visits: month.visits,
            },
            text: (language) => sayMonth(questions[occasion], ahead, language),
            expiresAt: limaInstant(addDays(today, occasion === "reminder" ? 1 : 2), waitUntil),
          });
          return;
        }
        // Other days at once; other people or hours of the same days once a day, however often somebody cannot.
        const first = await firstToday(tx, `${planId}:${providerId}:${today}`, at);
        if (occasion !== "changed" || (!isNew && !first)) return;
        const because = (language: string) => {
          const words = why && sayPlanReason(why, today, language);
          return words ? `: ${words}` : "";
        };
        const text =
          ahead.days.length === 0
            ? said("plan_changed_none", { why: because })
            : (language: string) => sayMonth("plan_changed", ahead, language, { why: because(language) });
        await tell({ tx, at, trace }, to, text);
      });
    }),

    on(planDayDue, async ({ payload, trace, once }) => {
      const { day, personId } = payload;
      const month = await readMonth(kit, payload, trace);
      const to = await contactOf(kit, personId, trace);
      const planned = month?.days.find((each) => each.day === day)?.stops ?? [];
      const agreed = planned.flatMap((stop) => {
        const visits = stop.visits.filter(({ state, name }) => state === "accepted" && name !== null);
        return visits.length > 0 ? [{ ...stop, visits }] : [];
      });
      await once(async (tx) => {
        const at = kit.clock();
        const usedUntil = limaInstant(day, dayIsUsed);
        if (!to || agreed.length === 0 || usedUntil <= at) return;
        const line = (language: string) =>
          sayStops(
            agreed,
            (stops) => renderText("plan_day", { day: sayShortDay(day, language), stops }, language),
            language,
          );
        await tell({ tx, at, trace }, to, line, usedUntil);
      });
    }),
  ];
}

type Whose = { planId: string; providerId: string; personId: string };

/** The whole month, days that are over too: what an agent agrees to is counted so. */
async function readMonth({ call }: NewsKit, { planId, providerId, personId }: Whose, trace: string) {
  const params = { personId };
  const its = (each: { planId: string; providerId: string }) =>
    each.planId === planId && each.providerId === providerId;
  const open = (await call(listPlanDays, { params, query: {} }, { trace })).months.find(its);
  if (!open) return undefined;
  const query = { month: open.month };
  return (await call(listPlanDays, { params, query }, { trace })).months.find(its);
}

/** Keeps what an agent is told of their month, and says whether it is other than what they were told last. */
async function keepTold(
  tx: Transaction,
  whose: string,
  { days, at }: { days: string; at: Date },
): Promise<boolean> {
  const told = { scope: `plan-told:${whose}`, bodyHash: days, answer: null, createdAt: at };
  const changed = await tx
    .insert(idempotencyKeys)
    .values(told)
    .onConflictDoUpdate({
      target: idempotencyKeys.scope,
      set: { bodyHash: days, createdAt: at },
      setWhere: ne(idempotencyKeys.bodyHash, days),
    })
    .returning({ scope: idempotencyKeys.scope });
  return changed.length > 0;
}

async function firstToday(tx: Transaction, change: string, createdAt: Date): Promise<boolean> {
  const written = await tx
    .insert(idempotencyKeys)
    .values({ scope: `plan-changed:${change}`, bodyHash: "", answer: null, createdAt })
    .onConflictDoNothing()
    .returning({ scope: idempotencyKeys.scope });
  return written.length > 0;
}

export async function contactOf({ call }: NewsKit, personId: string, trace: string) {
  const { contacts } = await call(contactCards, { body: { personIds: [personId] } }, { trace });
  return contacts[0];
}

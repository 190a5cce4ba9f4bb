import type { Queries } from "@minka/database/connect";
import { addDays, limaDay, limaInstant, type LimaDay } from "@minka/domain/lima-time";
import { and, asc, eq, inArray } from "@minka/database/query";
import type { AskedKind } from "../telling/asking.ts";
import { compositions, type CompositionRow } from "./compositions-tables.ts";
import { contractOf } from "./contract-sides.ts";
import { lotDeliveries, type LotContractRow, type LotDeliveryRow } from "./contracts-tables.ts";
import type { LotRow, LotWait, WaitStep } from "./lots-tables.ts";
import { settlements } from "./settlements-tables.ts";
import { lastSigned, signDays } from "./sign-days.ts";

/** What a lot waits for, and who could end that. */
export type Waiting = {
  readonly for: LotWait;
  /** A wait that began at another time is another wait. */
  readonly since: Date;
  /** From when on the silence is one. */
  readonly remindAt: Date;
  readonly on: readonly ("organizer" | "buyer")[];
  /** Of the organizer's people these cannot end it: they proposed it. */
  readonly not: readonly string[];
  /** The question that somebody of them was asked before. */
  readonly question: { readonly kind: AskedKind; readonly id: string } | null;
};

const dayMs = 24 * 60 * 60 * 1000;
const morning = 8;

/** Days of silence before whoever has to act is reminded; after as many of `answerDays` an operator hears of it. */
const decideDays = 3;
const signRemindDays = 5;
const settleDays = 7;
const sellDays = 14;
const answerDays = 5;
/** Harvest that was brought, and of which nothing is decided so long after the collecting, may be taken home. */
const heldDays = 10;
/** What was delivered when no more than this is missing of what the lot is made of. */
const mostOfLot = 0.9;

const after = (at: Date, days: number) => new Date(at.getTime() + days * dayMs);
const morningAfter = (day: LimaDay, days = 1) => limaInstant(addDays(day, days), morning);
const latest = (...dates: readonly (Date | null | undefined)[]) =>
  new Date(Math.max(0, ...dates.map((date) => date?.getTime() ?? 0)));

/** Lots are looked at each morning: what they wait for changes with whatever anybody does. */
export const nextLook = (now: Date): Date => morningAfter(limaDay(now));

/** Whether members may take home what nobody has composed, though whoever should was reminded and had time for it. */
export function mayTakeHome(lot: LotRow, waiting: Waiting, now: Date): boolean {
  if (waiting.for !== "composition" || morningAfter(lot.collectUntil, heldDays + 1) > now) return false;
  return isSame(lot, waiting) && lot.waitStepAt !== null && after(lot.waitStepAt, answerDays) <= now;
}

/** Null where a lot waits for nobody, or for members alone. */
export async function waitOf(queries: Queries, lot: LotRow): Promise<Waiting | null> {
  const contract = await contractOf(queries, lot.id);
  if (contract?.state === "agreed") return signature(contract);
  if (lot.state !== "collecting" && lot.state !== "composed") return null;
  const [composition] = await queries
    .select()
    .from(compositions)
    .where(and(eq(compositions.lotId, lot.id), inArray(compositions.state, ["proposed", "approved"])));
  if (lot.state === "collecting") return collecting(queries, lot, composition);
  if (contract?.state !== "signed") return waits("buyer", composition?.decidedAt ?? lot.openedAt, sellDays);
  return sold(queries, { lot, contract, composition });
}

function waits(kind: LotWait, since: Date, days: number, over: Partial<Waiting> = {}): Waiting {
  const remindAt = after(since, days);
  return { for: kind, since, remindAt, on: ["organizer"], not: [], question: null, ...over };
}

function signature(contract: LotContractRow): Waiting {
  const { id, makers, signedByOrganizerAt, signedByBuyerAt } = contract;
  return waits("signature", lastSigned(contract), signRemindDays, {
    on: [
      ...(signedByOrganizerAt === null ? (["organizer"] as const) : []),
      ...(signedByBuyerAt === null ? (["buyer"] as const) : []),
    ],
    not: makers,
    question: { kind: "lot-contract", id },
  });
}

async function collecting(
  queries: Queries,
  lot: LotRow,
  proposed: CompositionRow | undefined,
): Promise<Waiting> {
  if (proposed)
    return waits("composition-decision", proposed.proposedAt, decideDays, {
      not: proposed.makers,
      question: { kind: "lot-composition", id: proposed.id },
    });
  // What was approved or proposed before and is taken back is begun anew.
  const decided = await queries
    .select({ decidedAt: compositions.decidedAt })
    .from(compositions)
    .where(eq(compositions.lotId, lot.id));
  const since = latest(morningAfter(lot.collectUntil), ...decided.map(({ decidedAt }) => decidedAt));
  return waits("composition", since, 0);
}

type Sold = { lot: LotRow; contract: LotContractRow; composition: CompositionRow | undefined };

async function sold(queries: Queries, { lot, contract, composition }: Sold): Promise<Waiting | null> {
  const [settlement] = await queries
    .select()
    .from(settlements)
    .where(and(eq(settlements.lotId, lot.id), eq(settlements.state, "proposed")));
  if (settlement)
    return waits("settlement-decision", settlement.proposedAt, decideDays, {
      not: settlement.makers,
      question: { kind: "lot-settlement", id: settlement.id },
    });
  const deliveries = await queries
    .select()
    .from(lotDeliveries)
    .where(eq(lotDeliveries.lotId, lot.id))
    .orderBy(asc(lotDeliveries.id));
  const [unanswered] = deliveries.filter(({ state }) => state === "recorded");
  if (unanswered)
    return waits("delivery-answer", unanswered.at, decideDays, {
      on: ["buyer"],
      question: { kind: "lot-delivery", id: unanswered.id },
    });
  const until = contract.terms ? morningAfter(contract.terms.delivery.until) : null;
  const answered = latest(...deliveries.map(({ answeredAt }) => answeredAt));
  const came = deliveries.filter(({ state }) => state === "confirmed");
  if (came.length === 0) {
    const since = latest(
      contract.signedByOrganizerAt,
      contract.signedByBuyerAt,
      composition?.decidedAt,
      answered,
    );
    const wait = waits("delivery", since, decideDays);
    return { ...wait, remindAt: latest(until, wait.remindAt) };
  }
  const wait = waits("settlement", answered, settleDays);
  // More may be on its way until the contract's last day.
  return isMost(came, composition) ? wait : { ...wait, remindAt: latest(until, wait.remindAt) };
}

function isMost(came: readonly LotDeliveryRow[], composition: CompositionRow | undefined): boolean {
  const grams = came.reduce((sum, each) => sum + each.grams, 0);
  return grams >= (composition?.grams ?? 0) * mostOfLot;
}

/** When agreed terms come to nothing: never before a reminder had time to be followed. */
export function lapsesAt({ waitStepAt }: Pick<LotRow, "waitStepAt">, since: Date, now: Date): Date {
  return latest(after(since, signDays), after(waitStepAt ?? now, signDays - signRemindDays));
}

/** What now follows a silence: each once, and the next only when the one before had time to be followed. */
export function stepDue(lot: LotRow, waiting: Waiting, now: Date): WaitStep | "lapse" | null {
  if (!isSame(lot, waiting)) return waiting.remindAt <= now ? "reminded" : null;
  if (lot.waitStep !== "reminded" || lot.waitStepAt === null) return null;
  if (waiting.for === "signature") return lapsesAt(lot, waiting.since, now) <= now ? "lapse" : null;
  return after(lot.waitStepAt, answerDays) <= now ? "called" : null;
}

const isSame = (lot: LotRow, waiting: Waiting): boolean =>
  lot.waitsFor === waiting.for && lot.waitsSince?.getTime() === waiting.since.getTime();

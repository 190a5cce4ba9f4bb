import type { Match } from "@minka/contracts/matches";
import { answerAsk } from "@minka/contracts/matching";
import { DomainError } from "@minka/domain/errors";
import { limaDay, type LimaDay } from "@minka/domain/lima-time";
import { foldCase } from "@minka/language/fold";
import { interpret } from "@minka/language/interpret";
import { readDeclineReason } from "@minka/language/read-decline-reason";
import { offersInstead, readProposal } from "@minka/language/read-proposal";
import { describeNeed, sayDeadline } from "@minka/language/texts";
import { and, desc, eq, gt, isNull, or } from "@minka/database/query";
import { prompts } from "../tables.ts";
import { decideOnce } from "./decide-once.ts";
import { propose, readMatch } from "./propose.ts";
import { sayProposal } from "./say-quote.ts";
import { hoursFrom, say, type Outcome, type Turn } from "./turn.ts";

type Order = { requestId: string; matchId: string };

const answering = ["confirm", "decline", "unknown"];
/** Sums for which nobody asks for a loan: "quiero 45 soles" to a price is another price. */
const noLoan = 1000_00;

/** A message that sounds like a need because it names money, while a price is being talked about. */
export function namesPrice({ heard }: Turn, price: number | null): boolean {
  if (price === null) return false;
  if (heard.intent === "request_credit") return heard.slots.purpose === undefined && price < noLoan;
  return heard.intent === "request_assistance" && heard.slots.topic === undefined;
}

type Said =
  | { kind: "propose"; priceCentimos?: number; visitOn?: LimaDay }
  | { kind: "unclear"; number: number }
  | null;

/**
 * "SI 40 soles", "puedo el viernes" from a provider who is asked: a price or a day of theirs, which the producer
 * answers. A SI with a day and no other price is a yes.
 */
export async function answerWithQuote(turn: Turn, order: Order): Promise<Outcome | null> {
  const answer = await decideOnce(turn, "own-quote", async () => {
    const { match } = await readMatch(turn, order);
    return match?.state === "asked" ? readAnswer(turn, match) : null;
  });
  if (!answer) return null;
  if (answer.kind === "unclear") return { ...say("quote_unclear", { number: answer.number }), puzzled: true };
  const { priceCentimos, visitOn } = answer;
  const { requestId, matchId } = order;
  return propose(turn, { requestId, agreed: false }, { matchId, by: "provider", priceCentimos, visitOn });
}

const yes = /^\W*(si+|sip|ok(ey)?|oka|ya|claro|acepto|listo|dale|bueno|conforme|de acuerdo|por supuesto)\b/;

function readAnswer(turn: Turn, match: Match): Said {
  const { text, heard } = turn;
  const { priceCentimos: price, visitOn, unclear } = readProposal(text, limaDay(turn.writtenAt));
  if (text.includes("?")) return null;
  if (!answering.includes(heard.intent) && !namesPrice(turn, price)) return null;
  const now = { price: match.quote?.priceCentimos ?? match.priceCentimos, day: match.quote?.visitOn ?? null };
  if (unclear !== null && heard.intent !== "decline")
    return unclear * 100 === now.price ? null : { kind: "unclear", number: unclear };
  const otherPrice = price !== null && price !== now.price;
  const onlySaysWhy = heard.intent === "decline" && !offersInstead(text);
  const namesDay = visitOn !== null && visitOn !== now.day && !onlySaysWhy;
  const otherDay = namesDay && (otherPrice || now.day !== null || !yes.test(foldCase(text)));
  if (!otherPrice && !otherDay) return null;
  return {
    kind: "propose",
    ...(otherPrice ? { priceCentimos: price } : {}),
    ...(otherDay ? { visitOn } : {}),
  };
}

/** Longer than a proposal waits. */
const waitingHours = 4 * 24;

/** What a provider has proposed and the producer has not answered. */
async function waitingQuote(turn: Turn) {
  const { phone, person, now } = turn;
  const [asked] = await turn.kit.db.read
    .select({ subject: prompts.subject })
    .from(prompts)
    .where(
      and(
        eq(prompts.phone, phone),
        eq(prompts.kind, "offer"),
        eq(prompts.state, "answered"),
        person ? or(isNull(prompts.personId), eq(prompts.personId, person.id)) : isNull(prompts.personId),
        gt(prompts.createdAt, hoursFrom(now, -waitingHours)),
      ),
    )
    .orderBy(desc(prompts.createdAt), desc(prompts.id))
    .limit(1);
  if (asked?.subject.kind !== "offer") return null;
  const { requestId, matchId } = asked.subject;
  const { request, match } = await readMatch(turn, { requestId, matchId });
  const quote = match?.quote;
  return match?.state === "quoted" && quote?.by === "provider" ? { request, match, quote } : null;
}

/** For ESTADO: what they proposed, and until when the other side may answer. */
export async function describeOwnQuote(turn: Turn): Promise<Outcome | null> {
  const waiting = await waitingQuote(turn);
  return waiting && say("status_quote_sent", { ...wordsOf(turn, waiting), need: needOf(turn, waiting) });
}

type Waiting = NonNullable<Awaited<ReturnType<typeof waitingQuote>>>;

function wordsOf({ now, language }: Turn, { request, match, quote }: Waiting) {
  return {
    quote: sayProposal(quote, { match, request, now, language }),
    deadline: sayDeadline(new Date(quote.expiresAt), now, language),
  };
}

const needOf = ({ language }: Turn, { request }: Waiting) => describeNeed(request.need, language);

/** NO from a provider whose proposal is not answered yet takes it back; anything else about it waits. */
export async function answerOwnQuote(turn: Turn): Promise<Outcome | null> {
  if (turn.prompt || !turn.person) return null;
  const { intent } = interpret(turn.text, "offered");
  const { priceCentimos, visitOn } = readProposal(turn.text, limaDay(turn.writtenAt));
  const proposes = turn.heard.intent === "unknown" && (priceCentimos !== null || visitOn !== null);
  if (intent !== "confirm" && intent !== "decline" && !proposes) return null;
  const decided = await decideOnce(turn, "own-quote-waits", async () => {
    const waiting = await waitingQuote(turn);
    if (!waiting) return null;
    return { matchId: waiting.match.id, takesBack: intent === "decline" && !proposes };
  });
  if (!decided) return null;
  if (decided.takesBack) return takeBack(turn, decided.matchId);
  const waiting = await waitingQuote(turn);
  return waiting && say("quote_waits", wordsOf(turn, waiting));
}

async function takeBack(turn: Turn, matchId: string): Promise<Outcome> {
  const reason = readDeclineReason(turn.text);
  const body = { accept: false, ...(reason ? { reason } : {}) } as const;
  try {
    await turn.kit.call(answerAsk, { params: { matchId }, body }, turn.step("decline"));
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
    return say("quote_over");
  }
  return say("offer_declined");
}

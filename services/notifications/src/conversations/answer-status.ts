import type { Match } from "@minka/contracts/matches";
import { readRequest, type Request } from "@minka/contracts/matching";
import { contactCards } from "@minka/contracts/profiles";
import { limaDay } from "@minka/domain/lima-time";
import { readablePhone } from "@minka/domain/phone";
import { tellsPaidByCancelling } from "@minka/language/read-payment-words";
import { describeNeed, sayDeadline } from "@minka/language/texts";
import { describeCredits } from "../credit/own-credit-status.ts";
import { describeLots } from "./answer-lot.ts";
import { describePools } from "./answer-pool.ts";
import { describeOwnQuote } from "./answer-with-quote.ts";
import { cancelVisit, describeVisit } from "./answer-own-visit.ts";
import { isProvider } from "./is-provider.ts";
import { cancelOwnRequest } from "./cancel-own-request.ts";
import { decideOnce } from "./decide-once.ts";
import { isListOver } from "./open-matters.ts";
import { hasOpenComplaint } from "./open-complaint.ts";
import type { PromptKind } from "./prompt-kinds.ts";
import {
  findMatch,
  listedMatches,
  sayList,
  sayMatchDeadline,
  sayVisitInSentence,
  shortName,
  visitText,
} from "./say-match.ts";
import { quoteQuestion, sayAsk } from "./say-quote.ts";
import { openRequests, requestMeant, sayRequests } from "./say-requests.ts";
import { say, type Outcome, type Turn } from "./turn.ts";

/**
 * How far the open requests are, or the one that is named; for a provider, the visits to make; then joint purchases,
 * lots and credit, and last the question that waits.
 */
export async function answerStatus(turn: Turn): Promise<Outcome | null> {
  if (turn.heard.intent !== "ask_status") return null;
  const parts = [
    await describeRequests(turn, await openRequests(turn)),
    await describeVisit(turn),
    await describeOwnQuote(turn),
    await describePools(turn),
    await describeLots(turn),
    await describeCredits(turn),
    await repeatOffer(turn),
  ];
  const lines = parts.flatMap((part) => part?.say ?? []);
  const again = repeatQuestion(turn)?.say ?? [];
  // A quote or a visit in question is how it stands; a mark or what another service asks is not.
  if (lines.length === 0 && !(turn.asking && isStanding(turn.asking.kind)))
    return { say: [...((await nothingOpen(turn)).say ?? []), ...again] };
  // What somebody has to say of it is asked once more, where no other question is open.
  const ask = parts.find((part) => part?.ask)?.ask;
  return { say: [...lines, ...again], ...(ask && again.length === 0 ? { ask } : {}) };
}

async function nothingOpen(turn: Turn): Promise<Outcome> {
  return say((await isProvider(turn)) ? "no_visits" : "status_none");
}

async function describeRequests(
  turn: Turn,
  requests: Request[],
  whileAsking?: "waiting",
): Promise<Outcome | null> {
  const [only, ...more] = requests;
  if (!only) return null;
  const one = more.length > 0 ? requestMeant(turn.text, requests, turn.language) : only;
  if (one) return describeStatus(turn, one, whileAsking);
  const list = await sayRequests(turn, requests, "status_several");
  const { prompt } = turn;
  // The list of whom to choose, when its number is what is waited for.
  return { say: [list, ...(prompt?.kind === "choice" && prompt.text !== "" ? [prompt.text] : [])] };
}

const repeated: readonly PromptKind[] = [
  "rating",
  "confirmation",
  "visit",
  "quote",
  "rework",
  "help",
  "credit",
  "credit-refusal",
];

const isStanding = (kind: PromptKind) => ["visit", "quote", "rework"].includes(kind);

/** A question that ESTADO has no other words for. */
function repeatQuestion({ asking }: Turn): Outcome | null {
  return asking && asking.text !== "" && repeated.includes(asking.kind) ? { say: [asking.text] } : null;
}

/**
 * Something that nobody understood, from somebody who waits for a thing to happen ("y?", a second "1", "no
 * vino" of a visit that is not agreed yet): how it stands says more than "no le entendí". Counts as not
 * understood all the same.
 */
export async function answerWaiting(turn: Turn): Promise<Outcome | null> {
  if (turn.prompt || !["unknown", "report_done", "report_no_show"].includes(turn.heard.intent)) return null;
  const requests = await openRequests(turn);
  const [request] = requests;
  if (request && isListOver(request, turn.now)) return null;
  const moving = requests.filter(({ state }) => state !== "with_operator");
  const stands = (await describeRequests(turn, moving, "waiting")) ?? (await describeVisit(turn));
  return stands && { ...stands, puzzled: true };
}

export async function answerCancel(turn: Turn): Promise<Outcome | null> {
  if (turn.heard.intent !== "cancel_request") return null;
  if (tellsPaidByCancelling(turn.text)) return say("paid_or_cancel");
  const request = await decideOnce(turn, "request-cancelled", async () => {
    const [only, ...more] = await openRequests(turn);
    const meant = only && more.length > 0 ? requestMeant(turn.text, [only, ...more], turn.language) : only;
    return meant ? { id: meant.id } : null;
  });
  if (request) return cancelOwnRequest(turn, request.id);
  const requests = await openRequests(turn);
  if (requests.length > 0) return { say: [await sayRequests(turn, requests, "which_request")] };
  return (await cancelVisit(turn)) ?? say("nothing_to_cancel");
}

async function repeatOffer(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind !== "offer") return null;
  const params = { requestId: subject.requestId };
  const { request } = await turn.kit.call(readRequest, { params }, turn.step("read"));
  const match = findMatch(request, subject.matchId);
  return match?.state === "asked" ? { say: [sayAsk(request, match, turn.now, turn.language)] } : null;
}

export async function describeStatus(
  turn: Turn,
  request: Request,
  whileAsking: "status_asking" | "waiting" = "status_asking",
): Promise<Outcome> {
  const need = describeNeed(request.need, turn.language);
  const asked = request.matches.find(({ state }) => state === "asked");
  const quoted = request.matches.find(({ state }) => state === "quoted");
  switch (request.state) {
    case "listed":
      return describeList(turn, request);
    case "asking":
      if (askedOf(request).length > 1) return describeUrgent(turn, request);
      if (quoted) return describeQuote(turn, request, quoted);
      return asked
        ? say(whileAsking, {
            need,
            provider: shortName(asked.providerName),
            deadline: sayMatchDeadline(asked, turn.now, turn.language),
          })
        : say("status_searching", { need });
    case "agreed":
      return describeAgreed(turn, request);
    case "with_operator":
      return say("status_with_operator", { need });
    default:
      return say("status_searching", { need });
  }
}

const askedOf = ({ matches }: Request) => matches.filter(({ state }) => state === "asked");

/** Nobody was chosen: those who are asked at once have no names yet. */
function describeUrgent(turn: Turn, request: Request): Outcome {
  const asked = askedOf(request);
  return say("status_urgent", {
    need: describeNeed(request.need, turn.language),
    count: asked.length,
    deadline: asked[0] ? sayMatchDeadline(asked[0], turn.now, turn.language) : "",
  });
}

/** The list itself, when its number is what is waited for: the message with it may be lost or deleted. */
function describeList(turn: Turn, request: Request): Outcome {
  const subject = turn.prompt?.subject;
  const matches = listedMatches(request);
  const isOpen = !subject || (subject.kind === "choice" && subject.requestId === request.id);
  if (!isOpen || matches.length === 0)
    return say("status_listed", {
      need: describeNeed(request.need, turn.language),
      deadline: sayUntil(turn, request),
    });
  return { say: [sayList(request, matches, turn.language)] };
}

/** Until when somebody has to do the next thing. */
function sayUntil({ now, language }: Turn, { until, listExpiresAt }: Request): string {
  return sayDeadline(new Date(until ?? listExpiresAt ?? now), now, language);
}

/** Nothing where the question of what is proposed is put again beside it. */
function describeQuote(turn: Turn, request: Request, match: Match): Outcome {
  if (turn.prompt?.kind === "quote" || !match.quote) return {};
  return { say: [quoteQuestion(request, match, match.quote, turn.now).text] };
}

async function describeAgreed(turn: Turn, request: Request): Promise<Outcome> {
  const need = describeNeed(request.need, turn.language);
  const match = request.engagement && findMatch(request, request.engagement.matchId);
  if (!request.engagement || !match) return say("status_searching", { need });
  if (request.engagement.state === "rework")
    return say("status_rework", {
      need,
      provider: shortName(match.providerName),
      deadline: sayUntil(turn, request),
    });
  if (await hasOpenComplaint(turn, match.providerId))
    return say("status_complained", { need, provider: shortName(match.providerName) });
  const body = { personIds: [match.providerPersonId] };
  const { contacts } = await turn.kit.call(contactCards, { body }, turn.step("contacts"));
  const over = request.engagement.visitOn < limaDay(turn.now);
  return say(visitText(request, over ? "status_visited" : "status_agreed", match.id), {
    need,
    provider: shortName(match.providerName),
    day: sayVisitInSentence(request.engagement, turn.now, turn.language),
    phone: readablePhone(contacts[0]?.phone ?? ""),
  });
}

import { blockPair } from "@minka/contracts/blocks";
import type { Match } from "@minka/contracts/matches";
import { listRequests, readRequest, type Request } from "@minka/contracts/matching";
import { contactCards } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import { readCommand } from "@minka/language/read-command";
import { describeNeed, said, type Said } from "@minka/language/texts";
import { and, desc, eq, inArray, isNotNull } from "@minka/database/query";
import { prompts } from "../tables.ts";
import { listQuestion } from "./answer-choice.ts";
import { saysNameOf } from "./names-said.ts";
import type { PromptSubject } from "./prompt-kinds.ts";
import type { Prompt } from "./prompts.ts";
import { findMatch, listedMatches, placeName, shortName } from "./say-match.ts";
import { hoursFrom, say, type Outcome, type Turn } from "./turn.ts";

type Block = Extract<PromptSubject, { kind: "block" }>;
type Dealing = { readonly request: Request; readonly match: Match };

/** How long the question waits: a later SI is about something else. */
const questionHours = 24;

/** BLOQUEAR, or "no quiero más con Juan": whether they are sure is asked first. */
export async function answerBlock(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind === "block") return settle(turn, subject);
  const command = readCommand(turn.text);
  if (!turn.person || command?.kind !== "block") return null;
  const dealings = await dealingsOf(turn, turn.person.id);
  if (command.named) {
    const named = dealings.find(({ match }) => saysNameOf(turn.text, match.providerName));
    return named ? askAboutProvider(turn, named) : null;
  }
  // Nobody is named: the order that is in question, or whoever it was last, as asker or as provider.
  const order = await lastOrder(turn);
  const own = dealings.find(({ match }) => dealt.includes(match.state));
  if (order && (order.open || !own || order.at > new Date(own.request.openedAt)))
    return askAboutOrder(turn, order.subject);
  return own ? askAboutProvider(turn, own) : say("block_whom");
}

const dealt: readonly Match["state"][] = ["accepted", "asked", "quoted"];

/** Whom they dealt with, or were shown, the newest request first and in it the one that came to something. */
async function dealingsOf({ kit, step }: Turn, personId: string): Promise<Dealing[]> {
  const { items } = await kit.call(listRequests, { query: { personId } }, step("dealings"));
  return items.flatMap((request) => {
    const matches = request.matches.filter(({ state }) => state !== "withdrawn");
    const weight = ({ id, state }: Match) =>
      id === request.engagement?.matchId ? 2 : dealt.includes(state) ? 1 : 0;
    return matches.toSorted((a, b) => weight(b) - weight(a)).map((match) => ({ request, match }));
  });
}

type Order = { requestId: string; matchId: string };

/** What the phone was asked last as a provider's; the one that waits for an answer first. */
async function lastOrder({ kit, phone, prompt, person, shared }: Turn) {
  if (prompt?.subject.kind === "offer")
    return { subject: prompt.subject satisfies Order, at: prompt.createdAt, open: true };
  const [last] = await kit.db.read
    .select({ subject: prompts.subject, at: prompts.createdAt })
    .from(prompts)
    .where(
      and(
        eq(prompts.phone, phone),
        eq(prompts.kind, "offer"),
        isNotNull(prompts.openedAt),
        shared && person ? eq(prompts.personId, person.id) : undefined,
      ),
    )
    .orderBy(desc(prompts.createdAt))
    .limit(1);
  return last?.subject.kind === "offer" ? { subject: last.subject, at: last.at, open: false } : null;
}

function askAboutProvider(turn: Turn, { request, match }: Dealing): Outcome {
  const text = said("block_ask", { provider: shortName(match.providerName) });
  return ask(turn, { kind: "block", by: "person", requestId: request.id, matchId: match.id }, text);
}

/** Who asked is named to a provider who has agreed; to others by what they want. */
async function askAboutOrder(turn: Turn, { requestId, matchId }: Order): Promise<Outcome> {
  const subject: Block = { kind: "block", by: "provider", requestId, matchId };
  const dealing = await readDealing(turn, subject);
  if (!dealing) return say("block_whom");
  const { request, match } = dealing;
  if (match.state === "accepted") {
    const body = { personIds: [request.personId] };
    const { contacts } = await turn.kit.call(contactCards, { body }, turn.step("contacts"));
    const name = contacts[0]?.name;
    if (name) return ask(turn, subject, said("block_ask_requester", { requester: shortName(name, 24) }));
  }
  const need = (language: string) => describeNeed(request.need, language);
  const text = said("block_ask_order", { need, place: placeName(request.districtCode) });
  return ask(turn, subject, text);
}

function ask({ now }: Turn, subject: Block, text: Said): Outcome {
  return { ask: { subject, text, expiresAt: hoursFrom(now, questionHours), reply: true } };
}

async function settle(turn: Turn, subject: Block): Promise<Outcome | null> {
  const { intent } = turn.heard;
  if (intent === "decline" || intent === "cancel_request") return { ...say("block_kept"), answered: true };
  if (intent === "unknown") return { ...say("answer_yes_or_no"), puzzled: true };
  if (intent !== "confirm") return null;
  const dealing = await readDealing(turn, subject);
  if (!dealing) return { ...say("block_whom"), answered: true };
  const { request, match } = dealing;
  const body = { by: subject.by, personId: request.personId, providerId: match.providerId };
  try {
    await turn.kit.call(blockPair, { body }, turn.step("block"));
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "never-dealt") throw error;
    return { ...say("block_whom"), answered: true };
  }
  const stays = request.state === "agreed" && request.engagement?.matchId === match.id;
  if (subject.by === "provider") {
    const done = say(stays ? "block_done_provider_visit" : "block_done_provider");
    // What they were being asked goes to the next: it is not put to them again.
    const order = await waiting(turn, "offer", match.id);
    return { ...done, answered: true, ...(order ? { settles: order } : {}) };
  }
  const provider = shortName(match.providerName);
  const done = say(stays ? "block_done_visit" : "block_done", { provider });
  return { ...done, answered: true, ...(await listWithout(turn)) };
}

const unanswered = inArray(prompts.state, ["open", "waiting"]);

async function waiting(
  { kit, phone }: Turn,
  kind: "offer" | "choice",
  matchId?: string,
): Promise<Prompt | undefined> {
  const asked = await kit.db.read
    .select()
    .from(prompts)
    .where(and(eq(prompts.phone, phone), eq(prompts.kind, kind), unanswered));
  return asked.find(
    ({ subject }) => matchId === undefined || (subject.kind === "offer" && subject.matchId === matchId),
  );
}

/** The list that they were choosing from, as it is now. */
async function listWithout(turn: Turn): Promise<Pick<Outcome, "ask">> {
  const list = await waiting(turn, "choice");
  if (list?.subject.kind !== "choice") return {};
  const { requestId } = list.subject;
  const { request } = await turn.kit.call(readRequest, { params: { requestId } }, turn.step("list"));
  const matches = listedMatches(request);
  if (request.state !== "listed" || matches.length === 0) return {};
  return { ask: { ...listQuestion(request, matches, turn.now), personId: list.personId } };
}

/** Null once who asked has been erased. */
async function readDealing({ kit, step }: Turn, { requestId, matchId }: Block): Promise<Dealing | null> {
  try {
    const { request } = await kit.call(readRequest, { params: { requestId } }, step("read"));
    const match = findMatch(request, matchId);
    return match ? { request, match } : null;
  } catch (error) {
    if (error instanceof DomainError && error.category === "not-found") return null;
    throw error;
  }
}

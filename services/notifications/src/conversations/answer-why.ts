import type { Match } from "@minka/contracts/matches";
import { readRequest, type Request } from "@minka/contracts/matching";
import { askReview } from "@minka/contracts/reviews";
import { readCommand, type Command } from "@minka/language/read-command";
import { sayReason } from "@minka/language/say-reasons";
import { describeNeed, renderText } from "@minka/language/texts";
import { decideOnce } from "./decide-once.ts";
import { lastList } from "./last-list.ts";
import { saysNameOf } from "./names-said.ts";
import { newestOpen } from "./open-matters.ts";
import { findMatch, fits, listedMatches, shortName } from "./say-match.ts";
import { say, type Outcome, type Turn } from "./turn.ts";

/** POR QUE and REVISAR: why the one on the list is there, and that a person looks at what a machine has ordered. */
export async function answerWhy(turn: Turn): Promise<Outcome | null> {
  const command = readCommand(turn.text);
  if (!turn.person || !command) return null;
  if (command.kind === "review") return review(turn);
  return command.kind === "why" ? explain(turn, command.of) : null;
}

/** While something else is asked, "por qué" is about that. */
async function explain(turn: Turn, of: Extract<Command, { kind: "why" }>["of"]): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject && subject.kind !== "choice") return null;
  const request = await requestMeant(turn);
  if (!request) return null;
  const shown = subject?.matchIds ?? (await lastList(turn, request.id));
  const ids = shown.length > 0 ? shown : listedMatches(request).map(({ id }) => id);
  const listed = ids.flatMap((id) => findMatch(request, id) ?? []);
  const match = matchMeant(turn, { request, listed, of });
  const text = match && ((language: string) => sayWhy(match, { first: match.id === ids[0] }, language));
  return text && text(turn.language) !== "" ? { say: [text] } : null;
}

async function requestMeant(turn: Turn): Promise<Request | undefined> {
  const subject = turn.prompt?.subject;
  if (subject?.kind !== "choice") return newestOpen(turn);
  const params = { requestId: subject.requestId };
  return (await turn.kit.call(readRequest, { params }, turn.step("read"))).request;
}

type Meant = {
  request: Request;
  listed: readonly Match[];
  of: Extract<Command, { kind: "why" }>["of"];
};

/** By number or name; else who is asked or has agreed, or the first of the list. */
function matchMeant({ text }: Turn, { request, listed, of }: Meant): Match | undefined {
  if (of === "named") {
    const named = listed.filter(({ providerName }) => saysNameOf(text, providerName));
    return named.length === 1 ? named[0] : undefined;
  }
  if (of !== null) return listed[of - 1];
  const agreed = request.engagement && findMatch(request, request.engagement.matchId);
  return agreed ?? request.matches.find(({ state }) => state === "asked") ?? listed[0];
}

/** As many reasons as fit, the strongest first; "" where there is none. */
function sayWhy(match: Match, { first }: { first: boolean }, language: string): string {
  const reasons = match.reasons.flatMap((reason) => sayReason(reason, language) ?? []);
  const provider = shortName(match.providerName);
  for (let count = reasons.length; count > 0; count -= 1) {
    const words = { provider, reasons: reasons.slice(0, count).join(", ") };
    const text = renderText(first ? "why_first" : "why_other", words, language);
    if (fits(text)) return text;
  }
  return "";
}

async function review(turn: Turn): Promise<Outcome | null> {
  const meant = await decideOnce(turn, "review", async () => {
    const request = await requestMeant(turn);
    return request ? { requestId: request.id } : null;
  });
  if (!meant) return turn.prompt ? null : say("review_nothing");
  await turn.kit.call(askReview, { params: meant, body: {} }, turn.step("review"));
  const { request } = await turn.kit.call(readRequest, { params: meant }, turn.step("read"));
  return say("review_asked", { need: describeNeed(request.need, turn.language) });
}

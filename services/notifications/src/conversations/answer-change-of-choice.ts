import type { Match } from "@minka/contracts/matches";
import { withdrawMatch, type Request } from "@minka/contracts/matching";
import { DomainError } from "@minka/domain/errors";
import { foldCase } from "@minka/language/fold";
import { describeStatus } from "./answer-status.ts";
import { decideOnce } from "./decide-once.ts";
import { lastList } from "./last-list.ts";
import { saysNameOf } from "./names-said.ts";
import { newestOpen } from "./open-matters.ts";
import { sayAsked } from "./say-asked.ts";
import { findMatch, listedMatches, sayMatchDeadline, shortName } from "./say-match.ts";
import { say, type Outcome, type Turn } from "./turn.ts";

const place = "([1-3]|uno|dos|tres|primer\\w*|segund\\w*|tercer\\w*|ultim\\w*|otr[oa])";
const another = new RegExp(
  [
    `^\\W*no\\W+((era|quiero|quise|mejor|a|al|el|la) )*${place}\\W*$`,
    `\\bmejor ((a|al|con|el|la) )*${place}\\b`,
    `\\bequivo[cq]`,
    `^\\W*(ese|esa) no\\b`,
    `\\bno (quiero )?(a |con )?(ese|esa)\\b`,
    `\\b(quiero|era|quise) ((a|al|el|la) )*${place}\\W*$`,
    `\\b(cambi\\w+|dame|deme) (de |a |al |por |el |la )*(otr[oa]|tecnic[oa]|[1-3])\\b`,
  ].join("|"),
);
/** Before a name: "mejor con la Mirtha". */
const rather = /^\W*(no\W+)?(mejor|prefiero|cambi\w+)\b/;

/**
 * "No, el 2" when somebody has been asked already: the one of that number is asked instead, and who was asked before
 * is told. Where it is not said which one, they read how to say it.
 */
export async function answerChangeOfChoice(turn: Turn): Promise<Outcome | null> {
  if (turn.prompt || !turn.person || turn.heard.intent !== "unknown") return null;
  const text = foldCase(turn.text.slice(0, 200));
  if (!another.test(text) && !rather.test(text)) return null;
  const change = await decideOnce(turn, "change-of-choice", () => readChange(turn, text));
  if (change) return switchTo(turn, change);
  if (!another.test(text)) return null;
  const request = await newestOpen(turn);
  if (request?.state === "asking") return sayHow(turn, request);
  const agreed = request?.engagement && findMatch(request, request.engagement.matchId);
  return agreed && request.state === "agreed"
    ? say("change_choice_agreed", { provider: shortName(agreed.providerName) })
    : null;
}

type Change = { requestId: string; from: string; to: string };

/** Whom they want instead of who is asked; null where that is nobody on the list. */
async function readChange(turn: Turn, text: string): Promise<Change | null> {
  const request = await newestOpen(turn);
  const asked = request?.state === "asking" ? askedOf(request) : [];
  const [from] = asked;
  if (!request || !from || asked.length > 1) return null;
  const listed = await shownOf(turn, request);
  const number = numberIn(text, listed.length);
  const named = listed.filter(({ providerName }) => saysNameOf(turn.text, providerName));
  const to = number === null ? (named.length === 1 ? named[0] : undefined) : listed[number - 1];
  return to && to.id !== from.id ? { requestId: request.id, from: from.id, to: to.id } : null;
}

async function shownOf(turn: Turn, request: Request): Promise<Match[]> {
  const shown = await lastList(turn, request.id);
  return shown.length > 0 ? shown.flatMap((id) => findMatch(request, id) ?? []) : listedMatches(request);
}

const askedOf = ({ matches }: Request) => matches.filter(({ state }) => state === "asked");

const numbers: readonly [RegExp, number][] = [
  [/\b(1|uno|primer\w*)\b/, 1],
  [/\b(2|dos|segund\w*)\b/, 2],
  [/\b(3|tres|tercer\w*)\b/, 3],
];

/** The last that is named: "no el 1, mejor el 2". */
function numberIn(text: string, listed: number): number | null {
  if (/\bultim\w*/.test(text)) return listed;
  const said = numbers.flatMap(([pattern, number]) => {
    const at = text.search(pattern);
    return at < 0 ? [] : [{ at, number }];
  });
  return said.toSorted((a, b) => b.at - a.at)[0]?.number ?? null;
}

async function switchTo(turn: Turn, { requestId, from, to }: Change): Promise<Outcome> {
  const params = { matchId: from };
  const read = async () => {
    const request = await newestOpen(turn);
    return request?.id === requestId ? request : undefined;
  };
  try {
    const { askExpiresAt } = await turn.kit.call(
      withdrawMatch,
      { params, body: { instead: to } },
      turn.step("switch"),
    );
    const request = await read();
    const match = request && findMatch(request, to);
    const other = request && findMatch(request, from)?.providerName;
    if (!request || !match || !askExpiresAt || !other) return request ? describeStatus(turn, request) : {};
    const asked = { match, other, expiresAt: new Date(askExpiresAt), now: turn.now };
    return { say: [(language) => sayAsked(asked, language)] };
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
  }
  // They have answered meanwhile, or the other one cannot any more.
  const request = await read();
  const asked = request && findMatch(request, from);
  const wanted = request && findMatch(request, to);
  if (!request || !asked || !wanted) return say("list_expired");
  if (asked.state !== "asked") return describeStatus(turn, request);
  return say("not_switched", {
    other: shortName(wanted.providerName),
    provider: shortName(asked.providerName),
    deadline: (language) => sayMatchDeadline(asked, turn.now, language),
  });
}

async function sayHow(turn: Turn, request: Request): Promise<Outcome | null> {
  const [asked, ...others] = askedOf(request);
  if (!asked) return null;
  if (others.length > 0) return describeStatus(turn, request, "waiting");
  const provider = shortName(asked.providerName);
  const listed = await shownOf(turn, request);
  const next = listed.findIndex(({ state }) => state === "listed");
  return next < 0 ? say("change_choice", { provider }) : say("switch_how", { provider, number: next + 1 });
}

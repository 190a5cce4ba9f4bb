import { callOffVisit, type CancelReason } from "@minka/contracts/follow-ups";
import { readRequest, reportOutcome } from "@minka/contracts/matching";
import { contactCards } from "@minka/contracts/profiles";
import { limaDay } from "@minka/domain/lima-time";
import { DomainError } from "@minka/domain/errors";
import { readablePhone } from "@minka/domain/phone";
import { readCancelReason } from "@minka/language/read-cancel-reason";
import { foldToGsm7 } from "@minka/language/gsm7";
import { phrase, renderText, sayDay } from "@minka/language/texts";
import { decideOnce } from "./decide-once.ts";
import { lastSaid } from "./last-said.ts";
import { readMatters, visitsToMake, type Visit } from "./open-matters.ts";
import { fitSegments, shortName } from "./say-match.ts";
import { say, type Outcome, type Turn } from "./turn.ts";

const mostListed = 3;

type ListKey = "status_providing_several" | "which_visit" | "change_day_several";

/** A provider's next visits, numbered: when, whose, and their phone. */
export async function sayVisits(turn: Turn, visits: readonly Visit[], key: ListKey): Promise<Outcome> {
  return { say: [await listVisits(turn, visits, key)] };
}

async function listVisits(turn: Turn, visits: readonly Visit[], key: ListKey): Promise<string> {
  const listed = visits.slice(0, mostListed);
  const requests = await Promise.all(
    listed.map(({ id, requestId }) =>
      turn.kit.call(readRequest, { params: { requestId } }, turn.step(`read:${id}`)),
    ),
  );
  const personIds = [...new Set(requests.map(({ request }) => request.personId))];
  const { contacts } = await turn.kit.call(contactCards, { body: { personIds } }, turn.step("visited"));
  const rows = listed.map(({ visitOn }, index) => {
    const contact = contacts.find(({ personId }) => personId === requests[index]?.request.personId);
    return {
      day: sayDay(visitOn, limaDay(turn.now), turn.language),
      name: contact?.name ?? phrase("who_asked", {}, turn.language),
      phone: readablePhone(contact?.phone ?? ""),
    };
  });
  const withNames = (longestName: number) =>
    renderText(
      key,
      {
        count: visits.length,
        options: rows
          .map(({ day, name, phone }, at) => `${at + 1} ${day}: ${shortName(name, longestName)}, ${phone}`)
          .join("\n"),
      },
      turn.language,
    );
  return fitSegments(withNames, [24, 20, 16, 12]);
}

/** Whether this outcome asks which visit: its numbers are read off the last words, so nothing may follow them. */
export function asksWhichVisit({ say: lines = [] }: Outcome, language: string): boolean {
  const opening = questionOpening(language);
  return lines.some((line) => typeof line === "string" && foldToGsm7(line).startsWith(opening));
}

/** "Ambos", "los dos", "a todos" to the question which visit. */
const everyOne = /^\W*(a )?(los |las )?(ambos|ambas|dos|tres|todos|todas)\W*$/i;

const numbered =
  /^\W*(no voy|no ire|no puedo(?: ir)?|cancel\w*|anul\w*)?\s*(?:al? |la |el |visita )*([1-3])\W*$/i;

/**
 * "NO VOY 2", or the bare number after the question which visit: only while the list with these numbers is
 * the last thing that was said, so that a number never means another visit than the one that was read.
 */
export async function answerWhichVisit(turn: Turn): Promise<Outcome | null> {
  const found = numbered.exec(turn.text);
  if (!found || !turn.person) return null;
  const isCommand = found[1] !== undefined;
  const decided = await decideOnce(turn, "visit-numbered", async () => {
    const last = await lastSaid(turn);
    if (!isCommand && !last.startsWith(questionOpening(turn.language))) return null;
    const visits = visitsToMake(await readMatters(turn));
    const visit = visits[Number(found[2]) - 1];
    if (visits.length < 2 || !visit) return null;
    const lists = await Promise.all(
      (["which_visit", "status_providing_several"] as const).map((key) => listVisits(turn, visits, key)),
    );
    return lists.some((text) => foldToGsm7(text) === last) ? { id: visit.id } : null;
  });
  if (decided) return dropVisit(turn, decided.id);
  if (!isCommand) return null;
  const visits = visitsToMake(await readMatters(turn));
  return visits.length < 2 ? null : sayVisits(turn, visits, "which_visit");
}

/** The answer to the question which visit, whatever else is asked: a number, or all of them. */
export async function answerVisitAsked(turn: Turn): Promise<Outcome | null> {
  const number = numbered.exec(turn.text);
  const isAll = everyOne.test(turn.text);
  if (!turn.person || (!isAll && (!number || number[1] !== undefined))) return null;
  const decided = await decideOnce(turn, "visits-picked", async () => {
    const last = await lastSaid(turn);
    if (!last.startsWith(questionOpening(turn.language))) return null;
    const visits = visitsToMake(await readMatters(turn));
    const ofOneDay = [...Map.groupBy(visits, ({ visitOn }) => visitOn).values()];
    for (const group of [visits, ...ofOneDay]) {
      if (group.length < 2 || foldToGsm7(await listVisits(turn, group, "which_visit")) !== last) continue;
      if (isAll) return { ids: group.slice(0, mostListed).map(({ id }) => id) };
      const visit = group[Number(number?.[2]) - 1];
      return visit ? { ids: [visit.id] } : null;
    }
    return null;
  });
  if (!decided) return null;
  const [only, ...more] = decided.ids;
  if (only !== undefined && more.length === 0) return dropVisit(turn, only);
  for (const id of decided.ids) {
    const apart: Turn = { ...turn, step: (name) => turn.step(`${name}:${id}`) };
    await dropVisit(apart, id);
  }
  return say("cancelled_visits");
}

function questionOpening(language: string): string {
  const question = renderText("which_visit", { count: 0, options: "" }, language);
  return foldToGsm7(question).split("?")[0] ?? "";
}

/**
 * A provider will not go, perhaps for a reason that they say; the producer and the next provider hear of it from
 * matching. On the day itself it counts as not having gone.
 */
export async function dropVisit(
  turn: Turn,
  engagementId: string,
  why: CancelReason | null = readCancelReason(turn.text),
): Promise<Outcome | null> {
  const params = { engagementId };
  const missed = { outcome: "no_show" as const, by: "provider" as const };
  try {
    if (why) await turn.kit.call(callOffVisit, { params, body: { reason: why } }, turn.step("call-off"));
    else await turn.kit.call(reportOutcome, { params, body: missed }, turn.step("missed"));
  } catch (error) {
    if (why && error instanceof DomainError && error.code === "visit-day-come")
      return dropVisit(turn, engagementId, null);
    if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
    return null;
  }
  return say("cancelled_visit");
}

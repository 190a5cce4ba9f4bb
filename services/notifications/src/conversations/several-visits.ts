import { readRequest, reportOutcome } from "@minka/contracts/matching";
import { contactCards } from "@minka/contracts/profiles";
import { limaDay } from "@minka/domain/lima-time";
import { DomainError } from "@minka/domain/errors";
import { readablePhone } from "@minka/domain/phone";
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

function questionOpening(language: string): string {
  const question = renderText("which_visit", { count: 0, options: "" }, language);
  return foldToGsm7(question).split("?")[0] ?? "";
}

/** A provider will not go; the producer and the next provider hear of it from matching. */
export async function dropVisit(turn: Turn, engagementId: string): Promise<Outcome | null> {
  const body = { outcome: "no_show" as const, by: "provider" as const };
  try {
    await turn.kit.call(reportOutcome, { params: { engagementId }, body }, turn.step("missed"));
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
    return null;
  }
  return say("cancelled_visit");
}

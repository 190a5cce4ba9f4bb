import type { Engagement } from "@minka/contracts/engagements";
import type { Request } from "@minka/contracts/matching";
import { contactCards } from "@minka/contracts/profiles";
import { limaDay, limaHour } from "@minka/domain/lima-time";
import { readablePhone } from "@minka/domain/phone";
import { readVisitWords } from "@minka/language/read-visit-words";
import { describeStatus } from "./answer-status.ts";
import { readMatters } from "./open-matters.ts";
import { findMatch, shortName, visitText } from "./say-match.ts";
import { say, type Outcome, type Turn } from "./turn.ts";

/** Until these hours of the day itself, in Lima, somebody may still come. */
const stillComesHour = 17;
/** A plain "no vino" before it is impatience: taken at its word the provider would be replaced on the way. */
const tooEarlyHour = 12;

/** What these words may have been taken for that is about a visit. */
const aboutVisit = ["unknown", "ask_status", "report_done", "report_no_show", "confirm", "decline"];
/** "¿Llegó el técnico?" is no request for one; longer messages say what else is wanted. */
const mostWordsAsking = 5;
const asksAfterwards = ["outcome", "rating", "help"];

/**
 * Who waits for an agreed visit asks whether it comes, tells that somebody is there, or that nobody is yet: nothing of
 * it ends the visit. They read who comes and under which number, and what to write when it is over.
 */
export async function answerVisitDay(turn: Turn): Promise<Outcome | null> {
  const words = readVisitWords(turn.text);
  if (!words || !turn.person || !isAboutVisit(turn)) return null;
  if (words !== "asks" && turn.prompt && asksAfterwards.includes(turn.prompt.kind)) return null;
  const visit = nextVisit((await readMatters(turn)).requests);
  if (!visit) return null;
  const { request, engagement } = visit;
  if (words === "asks") return describeStatus(turn, request);
  const today = limaDay(turn.writtenAt);
  const text = visitText(request, "visit_late", engagement.matchId);
  const provider = shortName(findMatch(request, engagement.matchId)?.providerName ?? "");
  // With a shop, a bank or a buyer what has arrived is what was asked for.
  if (words === "arrived")
    return text === "visit_late" && today <= engagement.visitOn ? say("visit_arrived", { provider }) : null;
  const until = words === "late" ? stillComesHour : tooEarlyHour;
  if (engagement.visitOn !== today || limaHour(turn.writtenAt) >= until) return null;
  return say(text, { provider, phone: await phoneOf(turn, request, engagement) });
}

function isAboutVisit({ text, heard }: Turn): boolean {
  if (aboutVisit.includes(heard.intent)) return true;
  const words = text.match(/\p{L}+/gu) ?? [];
  return heard.intent === "request_assistance" && words.length <= mostWordsAsking;
}

/** The agreed visit whose day is next. */
function nextVisit(requests: readonly Request[]): { request: Request; engagement: Engagement } | undefined {
  return requests
    .flatMap((request) =>
      request.engagement?.state === "agreed" ? [{ request, engagement: request.engagement }] : [],
    )
    .toSorted((a, b) => a.engagement.visitOn.localeCompare(b.engagement.visitOn))[0];
}

async function phoneOf(turn: Turn, request: Request, { matchId }: Engagement): Promise<string> {
  const personId = findMatch(request, matchId)?.providerPersonId;
  const body = { personIds: personId ? [personId] : [] };
  const { contacts } = await turn.kit.call(contactCards, { body }, turn.step("coming"));
  return readablePhone(contacts[0]?.phone ?? "");
}

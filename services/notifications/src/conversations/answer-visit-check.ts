import { readRequest } from "@minka/contracts/matching";
import { contactCards } from "@minka/contracts/profiles";
import { limaDay } from "@minka/domain/lima-time";
import { foldCase } from "@minka/language/fold";
import { phrase, said } from "@minka/language/texts";
import { readMatters, visitsToMake, type Visit } from "./open-matters.ts";
import { sayDayStands } from "./propose.ts";
import { readRefusedDays } from "./read-days.ts";
import { sayVisitInSentence, shortName } from "./say-match.ts";
import { dropVisit, sayVisits } from "./several-visits.ts";
import { hoursFrom, say, type Outcome, type Turn } from "./turn.ts";

/** How long a provider is waited for who was asked what their own words meant. */
const questionHours = 24;

const cannotGoWords =
  /\bno (puedo|podre|podria|podremos|podemos|voy|vamos|ire|iremos|alcanzo|llego|llegare|estare)\b/;

function saysCannotGo(text: string): boolean {
  return cannotGoWords.test(foldCase(text.slice(0, 200)));
}

/** Whether a visit is to be called off: asked before anything is done that both would feel. */
async function askAboutVisit(
  turn: Turn,
  { id, requestId, visitOn }: Pick<Visit, "id" | "requestId" | "visitOn">,
): Promise<Outcome> {
  const { request } = await turn.kit.call(readRequest, { params: { requestId } }, turn.step("visit"));
  const body = { personIds: [request.personId] };
  const { contacts } = await turn.kit.call(contactCards, { body }, turn.step("visited"));
  return {
    ask: {
      subject: { kind: "visit", requestId, engagementId: id, step: "drop" },
      text: said("visit_drop_ask", {
        requester: shortName(contacts[0]?.name ?? phrase("who_asked", {}, turn.language), 24),
        day: sayVisitInSentence({ visitOn }, turn.now, turn.language),
      }),
      expiresAt: hoursFrom(turn.now, questionHours),
      reply: true,
    },
  };
}

/** What these words may have been taken for: "estoy enferma" sounds like where somebody is, or like a sick plant. */
const takenFor: readonly string[] = ["unknown", "set_place", "request_assistance"];

/** "No puedo ir" from a provider who has agreed: of which visit, and is it to be called off? */
export async function answerCannotGo(turn: Turn): Promise<Outcome | null> {
  if (turn.prompt || !takenFor.includes(turn.heard.intent) || !saysCannotGo(turn.text)) return null;
  const all = visitsToMake(await readMatters(turn));
  const days = new Set(readRefusedDays(turn.text, limaDay(turn.writtenAt)));
  const onDays = all.filter(({ visitOn }) => days.has(visitOn));
  // Those of the day that they name; the list of several days would have numbers that nobody can look up.
  const visits = new Set(onDays.map(({ visitOn }) => visitOn)).size === 1 ? onDays : all;
  const [visit, ...more] = visits;
  if (!visit) return askForDay(turn);
  return more.length > 0 ? sayVisits(turn, visits, "which_visit") : askAboutVisit(turn, visit);
}

/** "No puedo el martes" from a producer with a visit agreed: they may name another day. */
async function askForDay(turn: Turn): Promise<Outcome | null> {
  const { requests } = await readMatters(turn);
  const request = requests.find(({ engagement }) => engagement?.state === "agreed");
  return request ? sayDayStands(turn, request.id, "requester") : null;
}

/** SI or NO to "shall we call it off?". */
export async function answerVisitCheck(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind !== "visit" || subject.step !== "drop") return null;
  const { intent } = turn.heard;
  // To "¿anulamos?" they sound like a no and are a yes.
  const why = reasonByNumber(turn.text);
  if (why || ["confirm", "cancel_request", "report_no_show"].includes(intent) || saysCannotGo(turn.text)) {
    const dropped = await dropVisit(turn, subject.engagementId, why ?? undefined);
    return { ...(dropped ?? say("nothing_to_cancel")), answered: true };
  }
  if (intent === "decline") return { ...say("visit_kept"), answered: true };
  return intent === "unknown" ? { ...say("answer_yes_or_no"), puzzled: true } : null;
}

const reasons = ["road", "health", "busy"] as const;

/** "SI 2": the reason by its number in the question. */
function reasonByNumber(text: string) {
  const number = /^\W*(?:s[ií]+\W*)?([1-3])\W*$/i.exec(text)?.[1];
  return number === undefined ? null : (reasons[Number(number) - 1] ?? null);
}

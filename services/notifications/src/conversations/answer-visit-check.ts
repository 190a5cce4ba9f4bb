import { readRequest, reportOutcome } from "@minka/contracts/matching";
import { contactCards } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import { foldCase } from "@minka/language/fold";
import { phrase, said } from "@minka/language/texts";
import { readMatters, visitsToMake, type Visit } from "./open-matters.ts";
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

/** Whether a visit has been made already, or is to be called off: asked before anything is done that both would feel. */
export async function askAboutVisit(
  turn: Turn,
  { id, requestId, visitOn }: Pick<Visit, "id" | "requestId" | "visitOn">,
  step: "done" | "drop",
): Promise<Outcome> {
  const { request } = await turn.kit.call(readRequest, { params: { requestId } }, turn.step("visit"));
  const body = { personIds: [request.personId] };
  const { contacts } = await turn.kit.call(contactCards, { body }, turn.step("visited"));
  return {
    ask: {
      subject: { kind: "visit", requestId, engagementId: id, step },
      text: said(step === "done" ? "visit_done_ask" : "visit_drop_ask", {
        requester: shortName(contacts[0]?.name ?? phrase("who_asked", {}, turn.language), 24),
        day: sayVisitInSentence({ visitOn }, turn.now, turn.language),
      }),
      expiresAt: hoursFrom(turn.now, questionHours),
      reply: true,
    },
  };
}

/** "No puedo ir" from a provider who has agreed: of which visit, and is it to be called off? */
export async function answerCannotGo(turn: Turn): Promise<Outcome | null> {
  if (turn.prompt || turn.heard.intent !== "unknown" || !saysCannotGo(turn.text)) return null;
  const visits = visitsToMake(await readMatters(turn));
  const [visit, ...more] = visits;
  if (!visit) return null;
  return more.length > 0 ? sayVisits(turn, visits, "which_visit") : askAboutVisit(turn, visit, "drop");
}

/** SI or NO to "have you finished?" and to "shall we call it off?". */
export async function answerVisitCheck(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind !== "visit") return null;
  const { intent } = turn.heard;
  if (subject.step === "drop") {
    // To "¿anulamos?" they sound like a no and are a yes.
    if (["confirm", "cancel_request", "report_no_show"].includes(intent) || saysCannotGo(turn.text)) {
      const dropped = await dropVisit(turn, subject.engagementId);
      return { ...(dropped ?? say("nothing_to_cancel")), answered: true };
    }
    if (intent === "decline") return { ...say("visit_kept"), answered: true };
  } else {
    if (intent === "confirm" || intent === "report_done") return reportDone(turn, subject.engagementId);
    if (saysCannotGo(turn.text)) return askToDrop(turn, subject.engagementId);
    if (intent === "decline") return { ...say("visit_not_done_yet"), answered: true };
  }
  return intent === "unknown" ? { ...say("answer_yes_or_no"), puzzled: true } : null;
}

async function reportDone(turn: Turn, engagementId: string): Promise<Outcome> {
  const body = { outcome: "done", by: "provider" } as const;
  try {
    await turn.kit.call(reportOutcome, { params: { engagementId }, body }, turn.step("done"));
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
    return { ...say("nothing_to_report"), answered: true };
  }
  return { ...say("done_provider"), answered: true };
}

async function askToDrop(turn: Turn, engagementId: string): Promise<Outcome> {
  const visit = visitsToMake(await readMatters(turn)).find(({ id }) => id === engagementId);
  if (!visit) return { ...say("nothing_to_cancel"), answered: true };
  return askAboutVisit(turn, visit, "drop");
}

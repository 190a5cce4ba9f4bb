import type { ConfirmationKind } from "@minka/contracts/confirmations";
import { interpret } from "@minka/language/interpret";
import { saysBrought } from "@minka/language/read-credit-words";
import { leavesUnnamed, readPoolWish, saysLeaving } from "@minka/language/read-pool-words";
import { afterHistory } from "../credit/answer-credit.ts";
import { answerPlan } from "./answer-plan.ts";
import { askingServices } from "./confirmations.ts";
import { decideOnce } from "./decide-once.ts";
import { isPlanQuestion, type PlanMonthQuestion, type PlanVisitQuestion } from "./plan-questions.ts";
import type { PromptSubject } from "./prompt-kinds.ts";
import { lastLapsed } from "./prompts.ts";
import { saidWording } from "@minka/language/say-wording";
import { hoursFrom, say, type Outcome, type Turn } from "./turn.ts";

type Confirmation = Exclude<
  Extract<PromptSubject, { kind: "confirmation" }>,
  PlanVisitQuestion | PlanMonthQuestion
>;

/** How long after its time a bare SI or NO is still taken for the answer to such a question. */
const lateHours = 3 * 24;

/** SI or NO to what another service asks. What follows is that service's affair, and so is what to reply. */
export async function answerConfirmation(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind !== "confirmation" || isPlanQuestion(subject) || !isTheirs(turn, subject)) return null;
  if (isNoToThePurchase(turn, subject)) return { ...(await handOver(turn, subject, false)), answered: true };
  if (isBrought(turn, subject)) return { ...(await handOver(turn, subject, true)), answered: true };
  switch (turn.heard.intent) {
    case "confirm":
      if (isNoYes(turn, subject)) return { ...say("answer_yes_or_no"), puzzled: true };
      return { ...(await handOver(turn, subject, true)), answered: true };
    case "decline":
      return { ...(await handOver(turn, subject, false)), answered: true };
    case "unknown":
      return { ...say("answer_yes_or_no"), puzzled: true };
    default:
      return null;
  }
}

/** The service decides whether an answer that comes too late still counts. */
export async function answerLateConfirmation(turn: Turn): Promise<Outcome | null> {
  if (turn.prompt) return null;
  const { intent } = interpret(turn.text, "confirming");
  if (intent !== "confirm" && intent !== "decline") return null;
  const late = await decideOnce(turn, "late-confirmation", async () => {
    const since = hoursFrom(turn.now, -lateHours);
    const prompt = await lastLapsed(turn, {
      kinds: ["confirmation"],
      since,
    });
    return prompt ? { id: prompt.id, subject: prompt.subject } : null;
  });
  if (late?.subject.kind !== "confirmation" || !isTheirs(turn, late.subject)) return null;
  if (isPlanQuestion(late.subject)) {
    const answered = await answerPlan({ ...turn, heard: interpret(turn.text, "confirming") }, late.subject);
    return answered && { ...answered, settles: late };
  }
  const leaves = isNoToThePurchase(turn, late.subject);
  if (!leaves && isNoYes(turn, late.subject)) return null;
  return { ...(await handOver(turn, late.subject, intent === "confirm" && !leaves)), settles: late };
}

/** SALGO is a no where it is asked about the purchase itself. */
function isNoToThePurchase({ text }: Turn, { what }: Confirmation): boolean {
  if ((what as string) !== ("pool-price" satisfies ConfirmationKind)) return false;
  return leavesUnnamed(text) || (saysLeaving(text) && readPoolWish(text)?.kind === "leave");
}

/** "Listo, ya lo llevé" is a yes where a lender asked for something: elsewhere it ends a visit. */
function isBrought({ text, heard: { intent } }: Turn, { what }: Confirmation): boolean {
  if ((what as string) !== ("credit-more" satisfies ConfirmationKind)) return false;
  return !intent.startsWith("request_") && intent !== "ask_status" && saysBrought(text);
}

/** Who sets out to a visit says SALGO for a yes; of a purchase, a lot or a credit it is none. */
const isNoYes = ({ text }: Turn, { service }: Confirmation): boolean =>
  service === "brokering" && saysLeaving(text);

/** It may have been asked when the phone had one person only. */
function isTheirs({ shared, person }: Turn, { personId }: { personId: string }): boolean {
  return !shared || person?.id === personId;
}

async function handOver(turn: Turn, asked: Confirmation, accepted: boolean): Promise<Outcome> {
  const { answer } = askingServices[asked.service];
  const { reply } = await turn.kit.call(
    answer,
    {
      params: { kind: asked.what, id: asked.id },
      body: {
        personId: asked.personId,
        accepted,
        at: turn.writtenAt.toISOString(),
        version: asked.version,
      },
    },
    turn.step(accepted ? "confirm" : "decline"),
  );
  // What their lender may see was the last thing to know before a credit is sent.
  if (reply.text === "credit_history_yes" || reply.text === "credit_history_no") {
    const next = await afterHistory(turn, asked.id);
    if (next.ask || next.say) return next;
  }
  return { say: [saidWording(reply, turn.now)] };
}

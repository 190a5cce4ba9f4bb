import { sayHelp, type HelpAnswer } from "@minka/contracts/follow-ups";
import { DomainError } from "@minka/domain/errors";
import { foldCase } from "@minka/language/fold";
import { say, type Outcome, type Turn } from "./turn.ts";

const numbers: readonly HelpAnswer[] = ["yes", "some", "no"];
const some = /\b(algo|poco|poquito|mas o menos|masomenos|regular|a medias|en parte)\b/;
const no = /\b(no|nada|tampoco)\b/;
const yes = /\b(si+|mucho|bastante|bien|gracias|mejor\w*|ayudo|sirvio)\b/;

/** "2", "si me sirvio", "mas o menos": what somebody says a month later of what was done. */
function readHelp(text: string): HelpAnswer | null {
  const said = foldCase(text.slice(0, 200));
  const number = /^\W*([1-3])\b/.exec(said)?.[1];
  if (number !== undefined) return numbers[Number(number) - 1] ?? null;
  if (some.test(said)) return "some";
  if (no.test(said)) return "no";
  return yes.test(said) ? "yes" : null;
}

/** Whether what was done a month ago helped. */
export async function answerHelp(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind !== "help" || !["unknown", "confirm", "decline"].includes(turn.heard.intent)) return null;
  const helped = readHelp(turn.text);
  if (!helped) return { ...say("help_again"), puzzled: true };
  try {
    const params = { engagementId: subject.engagementId };
    await turn.kit.call(sayHelp, { params, body: { helped } }, turn.step("help"));
  } catch (error) {
    // Said already on the web, or the work is being done again: thanks are due all the same.
    if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
  }
  return { ...say(helped === "no" ? "help_said_no" : "help_said"), answered: true };
}

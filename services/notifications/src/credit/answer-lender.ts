import { refuseCredit } from "@minka/contracts/credit-decisions";
import { listWaitingCredits } from "@minka/contracts/credit-standings";
import { refusalCodes, type RefusalReason } from "@minka/contracts/credit-words";
import type { Answer } from "@minka/contracts/endpoint";
import { listOwnProviders } from "@minka/contracts/providers";
import { DomainError } from "@minka/domain/errors";
import { formatSoles } from "@minka/domain/money";
import { approves, namesCredit, readRefusal, readRefusalReason } from "@minka/language/read-credit-words";
import { phrase, renderText, sayDeadline, word } from "@minka/language/texts";
import { offTheMenu, picked } from "../conversations/menus.ts";
import { fits } from "../conversations/say-match.ts";
import { hoursFrom, say, type Outcome, type Turn } from "../conversations/turn.ts";
import type { CreditRefusalQuestion } from "./credit-questions.ts";
import { mayBeTold } from "./may-hear.ts";

type Waiting = Answer<typeof listWaitingCredits>["credits"][number];
const questionHours = 48;

/** What waits for the lenders whose people somebody is of, the oldest first; null for who is of none. */
async function readWaiting(turn: Turn): Promise<Waiting[] | null> {
  const { person } = turn;
  if (!person) return null;
  const { call } = turn.kit;
  const params = { personId: person.id };
  const { providers } = await call(listOwnProviders, { params }, turn.step("lenders-of"));
  const lenders = providers.filter(({ kinds, as }) => kinds.includes("lender") && as !== "granted");
  if (lenders.length === 0) return null;
  const found = await Promise.all(
    lenders.map(({ id }) => call(listWaitingCredits, { params: { providerId: id } }, turn.step("waiting"))),
  );
  return found.flatMap(({ credits }) => credits).slice(0, 9);
}

/** What waits for a lender, as ESTADO tells its people: sums and terms, and nobody's name. */
export async function sayLenderStatus(turn: Turn): Promise<string[] | null> {
  const waiting = await readWaiting(turn);
  if (!waiting || waiting.length === 0) return null;
  const { language, now } = turn;
  const lines = waiting.map(({ amountCentimos, months, until }, index) =>
    phrase(
      "credit_waiting",
      {
        number: index + 1,
        amount: formatSoles(amountCentimos),
        months,
        deadline: sayDeadline(new Date(until ?? now), now, language),
      },
      language,
    ),
  );
  const textOf = (most: number) =>
    renderText("credit_lender_status", { options: lines.slice(0, most).join("\n") }, language);
  let most = lines.length;
  while (most > 1 && !fits(textOf(most))) most -= 1;
  return [textOf(most)];
}

/**
 * RECHAZO and a reason, of a lender's people: what waits for an answer is refused. To approve means to see what is met and
 * to set conditions, which is for the web.
 */
export async function answerLender(turn: Turn): Promise<Outcome | null> {
  const { prompt, text } = turn;
  const refusal = readRefusal(text);
  const approving = approves(text);
  if ((!refusal && !approving) || !turn.person?.consented) return null;
  const isOfCredit =
    prompt?.subject.kind === "confirmation" && prompt.subject.what === ("credit-review" as string);
  if (prompt && !isOfCredit && !namesCredit(text)) return null;
  const waiting = await readWaiting(turn);
  if (!waiting) return null;
  if (!(await mayBeTold(turn, turn.person))) return say("credit_word_first");
  if (!refusal) return say(waiting.length > 0 ? "credit_lender_web" : "credit_refuse_none");
  const open = waiting.filter(({ state }) => state !== "accepted");
  const credits = open.map(({ creditId: id, amountCentimos }) => ({ id, amountCentimos }));
  const outcome = await refuse(turn, { kind: "credit-refusal", credits, reason: refusal.reason });
  return { ...outcome, answered: isOfCredit };
}

/** Which of them, then why, then it is refused. */
async function refuse(turn: Turn, subject: CreditRefusalQuestion): Promise<Outcome> {
  const [only, ...others] = subject.credits;
  if (!only) return say("credit_refuse_none");
  const { language } = turn;
  const ask = (text: string): Outcome => ({
    ask: { subject, text, expiresAt: hoursFrom(turn.now, questionHours) },
  });
  if (others.length > 0) {
    const options = subject.credits.map((one, index) => `${index + 1} ${formatSoles(one.amountCentimos)}`);
    return ask(renderText("credit_refuse_which", { options: options.join("\n") }, language));
  }
  if (subject.reason === null) {
    const options = refusalCodes.map(
      (code, index) => `${index + 1} ${word("credit_refusal", code, language)}`,
    );
    const amount = formatSoles(only.amountCentimos);
    return ask(renderText("credit_refuse_why", { amount, options: options.join("\n") }, language));
  }
  try {
    await turn.kit.call(
      refuseCredit,
      {
        params: { creditId: only.id },
        body: { reasons: [{ code: subject.reason }], personId: turn.person?.id },
      },
      turn.step("refuse"),
    );
  } catch (error) {
    if (!(error instanceof DomainError) || !["conflict", "not-found"].includes(error.category)) throw error;
    return say("credit_refuse_none");
  }
  return say("credit_refuse_done");
}

/** A number of the credits, or of the reasons. */
export async function answerRefusalQuestion(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind !== "credit-refusal" || !turn.person) return null;
  const { intent } = turn.heard;
  const number = picked(turn.text);
  const several = subject.credits.length > 1;
  const named: RefusalReason | null = several ? null : readRefusalReason(turn.text);
  if (number === null && named === null) {
    if (intent === "decline" || intent === "cancel_request")
      return { ...say("credit_refuse_left"), answered: true };
    return intent === "unknown" || intent === "choose"
      ? { ...say("credit_refuse_again"), puzzled: true }
      : null;
  }
  if (!(await mayBeTold(turn, turn.person))) return say("credit_word_first");
  const at = typeof number === "number" ? number - 1 : -1;
  const credits = several ? subject.credits.slice(at, at + 1) : subject.credits;
  const reason = several ? subject.reason : (named ?? refusalCodes[at] ?? null);
  if ((several && (at < 0 || credits.length === 0)) || (!several && reason === null))
    return offTheMenu(turn, say("credit_refuse_again"));
  return { ...(await refuse(turn, { ...subject, credits, reason })), answered: true };
}

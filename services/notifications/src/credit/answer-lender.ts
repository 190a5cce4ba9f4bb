import { refuseCredit } from "@minka/contracts/credit-decisions";
import { listWaitingCredits } from "@minka/contracts/credit-standings";
import { refusalCodes, type RefusalReason } from "@minka/contracts/credit-words";
import type { Answer } from "@minka/contracts/endpoint";
import { listOwnProviders } from "@minka/contracts/providers";
import { DomainError } from "@minka/domain/errors";
import { formatSoles } from "@minka/domain/money";
import type { Person } from "@minka/contracts/profiles";
import {
  approves,
  namesCredit,
  readRefusal,
  readRefusalReason,
  type Refusal,
} from "@minka/language/read-credit-words";
import { foldCase } from "@minka/language/fold";
import { isQuestion } from "@minka/language/is-question";
import { phrase, renderText, said, sayDeadline, word } from "@minka/language/texts";
import { askSure, callsOffOther } from "../conversations/ask-sure.ts";
import { offTheMenu, picked } from "../conversations/menus.ts";
import { fits } from "../conversations/say-match.ts";
import { hoursFrom, say, type Outcome, type Turn } from "../conversations/turn.ts";
import type { CreditRefusalQuestion } from "./credit-questions.ts";
import { mayBeTold } from "./may-hear.ts";

type Waiting = Answer<typeof listWaitingCredits>["credits"][number];
const questionHours = 48;

/**
 * What waits for the lenders whose people somebody is of, the oldest first and after it what waits for money only: in one
 * order wherever it is numbered. Null for who is of none.
 */
async function readWaiting(turn: Turn): Promise<Waiting[] | null> {
  const { person } = turn;
  if (!person) return null;
  const { call } = turn.kit;
  const params = { personId: person.id };
  const { providers } = await call(listOwnProviders, { params }, turn.step("lenders-of"));
  const lenders = providers.filter(({ kinds, as }) => kinds.includes("lender") && as !== "granted");
  if (lenders.length === 0) return null;
  const found = await Promise.all(
    lenders.map(({ id: providerId }) =>
      call(
        listWaitingCredits,
        { params: { providerId }, query: { personId: person.id } },
        turn.step("waiting"),
      ),
    ),
  );
  const all = found.flatMap(({ credits }) => credits);
  return [...all.filter(mayBeRefused), ...all.filter((one) => !mayBeRefused(one))].slice(0, 9);
}

const mayBeRefused = ({ state }: Waiting) => state !== "accepted";

function sayWaiting(
  { amountCentimos, months, until }: Waiting,
  { now, language }: Turn,
  number?: number,
): string {
  const amount = formatSoles(amountCentimos);
  const deadline = sayDeadline(new Date(until ?? now), now, language);
  const named = { amount, months, deadline };
  return number === undefined
    ? phrase("credit_named", named, language)
    : phrase("credit_waiting", { number, ...named }, language);
}

/** What waits for a lender, as ESTADO tells its people: sums and terms, and nobody's name. */
export async function sayLenderStatus(turn: Turn): Promise<string[] | null> {
  const waiting = await readWaiting(turn);
  if (!waiting || waiting.length === 0) return null;
  return [sayNumbered(turn, waiting, "credit_lender_status")];
}

/** As many as two segments hold. */
function sayNumbered(
  turn: Turn,
  waiting: readonly Waiting[],
  key: "credit_lender_status" | "credit_refuse_which",
): string {
  const lines = waiting.map((each, index) => sayWaiting(each, turn, index + 1));
  const textOf = (most: number) =>
    renderText(key, { options: lines.slice(0, most).join("\n") }, turn.language);
  let most = lines.length;
  while (most > 1 && !fits(textOf(most))) most -= 1;
  return textOf(most);
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
  const open = waiting.filter(mayBeRefused);
  const outcome = await refuse(turn, open, { credits: meantBy(refusal, open), reason: refusal.reason });
  return { ...outcome, answered: isOfCredit && !outcome.ask };
}

/** The one that its number in the list says, or its sum; all of them where it says neither. */
function meantBy({ number, amountCentimos }: Refusal, open: readonly Waiting[]): readonly Waiting[] {
  const numbered = number === null ? undefined : open[number - 1];
  if (numbered) return [numbered];
  const same = open.filter((one) => one.amountCentimos === amountCentimos);
  return same.length > 0 ? same : open;
}

type Refusing = { readonly credits: readonly Waiting[]; readonly reason: RefusalReason | null };

/** Which of them, then why; what was said in one message is asked once more, since it cannot be undone. */
async function refuse(turn: Turn, open: readonly Waiting[], { credits, reason }: Refusing): Promise<Outcome> {
  const [only, ...others] = credits;
  if (!only) return say("credit_refuse_none");
  const { language } = turn;
  const subject: CreditRefusalQuestion = {
    kind: "credit-refusal",
    // Of several all are listed, by the numbers that ESTADO gives them.
    credits: (others.length > 0 ? open : credits).map(({ creditId: id, amountCentimos }) => ({
      id,
      amountCentimos,
    })),
    reason,
  };
  const ask = (text: string): Outcome => ({
    ask: { subject, text, expiresAt: hoursFrom(turn.now, questionHours) },
  });
  if (others.length > 0) return ask(sayNumbered(turn, open, "credit_refuse_which"));
  const credit = sayWaiting(only, turn);
  if (reason === null) {
    const options = refusalCodes.map(
      (code, index) => `${index + 1} ${word("credit_refusal", code, language)}`,
    );
    return ask(renderText("credit_refuse_why", { credit, options: options.join("\n") }, language));
  }
  return askSure(
    turn,
    { what: "credit-refuse", creditId: only.creditId, reason },
    said("credit_sure_refuse", { credit, reason: (tongue) => word("credit_refusal", reason, tongue) }),
  );
}

/** Once they have read which it is, and said why. */
export async function refuseCreditNow(
  turn: Turn,
  person: Person,
  { creditId, reason }: { creditId: string; reason: RefusalReason },
): Promise<Outcome> {
  if (!(await mayBeTold(turn, person))) return say("credit_word_first");
  try {
    await turn.kit.call(
      refuseCredit,
      { params: { creditId }, body: { reasons: [{ code: reason }], personId: person.id } },
      turn.step("refuse"),
    );
  } catch (error) {
    if (!(error instanceof DomainError) || !["conflict", "not-found"].includes(error.category)) throw error;
    return say("credit_refuse_none");
  }
  return say("credit_refuse_done");
}

/** "No alcanza lo que gana" is why; any other no takes the refusal back. */
const tellsWhy =
  /^\W*((es )?(por|porque|que) )*(tiene|debe|es|falta|le falta|le faltan|no (le )?(alcanza|cumple|tiene (?!deud)|hay))\b/;

/** Why, in words: only of what says nothing else, since "mejor espero los papeles" names a reason too. */
function reasonSaid({ text, heard: { intent } }: Turn): RefusalReason | null {
  const tells = tellsWhy.test(foldCase(text.slice(0, 300)));
  const isOpen = intent === "unknown" || intent === "choose" || tells;
  if (!isOpen || isQuestion(text) || (!tells && /^\W*no\b/.test(foldCase(text)))) return null;
  return readRefusalReason(text);
}

/** A number of the credits, as the list has it, or of the reasons. A reason in words is asked about once more. */
export async function answerRefusalQuestion(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind !== "credit-refusal" || !turn.person) return null;
  const { intent } = turn.heard;
  const number = picked(turn.text);
  const several = subject.credits.length > 1;
  if (callsOffOther(turn, "credit")) return null;
  const named = several || number !== null ? null : reasonSaid(turn);
  if (number === null && named === null) {
    if (intent === "decline" || intent === "cancel_request" || /^\W*no\b/.test(foldCase(turn.text)))
      return { ...say("credit_refuse_left"), answered: true };
    return intent === "unknown" || intent === "choose"
      ? { ...say("credit_refuse_again"), puzzled: true }
      : null;
  }
  if (!(await mayBeTold(turn, turn.person))) return say("credit_word_first");
  if (named !== null) {
    const open = ((await readWaiting(turn)) ?? []).filter(mayBeRefused);
    const credits = open.filter(({ creditId }) => creditId === subject.credits[0]?.id);
    return { ...(await refuse(turn, open, { credits, reason: named })), answered: true };
  }
  const at = typeof number === "number" ? number - 1 : -1;
  const [only] = subject.credits;
  if (several) {
    const open = ((await readWaiting(turn)) ?? []).filter(mayBeRefused);
    // As it was numbered when it was asked: what is over by now has left a gap.
    const picked = open.find(({ creditId }) => creditId === subject.credits[at]?.id);
    if (!subject.credits[at]) return offTheMenu(turn, say("credit_refuse_again"));
    const left = picked ? [picked] : [];
    return { ...(await refuse(turn, open, { credits: left, reason: subject.reason })), answered: true };
  }
  const reason = refusalCodes[at] ?? null;
  if (!only || reason === null) return offTheMenu(turn, say("credit_refuse_again"));
  return { ...(await refuseCreditNow(turn, turn.person, { creditId: only.id, reason })), answered: true };
}

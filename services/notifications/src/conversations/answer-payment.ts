import { listDebts, recordPayment, type Debt, type PaymentMethod } from "@minka/contracts/payments";
import type { Person } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import { formatSoles } from "@minka/domain/money";
import { findProduct } from "@minka/language/find-product";
import { foldCase } from "@minka/language/fold";
import type { Intent } from "@minka/language/intents";
import {
  readDebtWish,
  readMethod,
  readOperation,
  readPaidAmount,
  saysOnlyPayment,
  tellsPaidByCancelling,
  type DebtWish,
  type PaymentSaid,
} from "@minka/language/read-payment-words";
import { phrase, said as sayText, word } from "@minka/language/texts";
import { mayBeTold } from "../credit/may-hear.ts";
import { unlessAway } from "../credit/own-credit-status.ts";
import { callsOffOther } from "./ask-sure.ts";
import { decideOnce } from "./decide-once.ts";
import { offTheMenu, picked } from "./menus.ts";
import { asksIfPaid, type DebtMeant, type PaymentQuestion } from "./payment-question.ts";
import type { PromptKind } from "./prompt-kinds.ts";
import { sayDebtAsked, sayDebts } from "./say-debts.ts";
import { shortName } from "./say-match.ts";
import { hoursFrom, say, type Outcome, type Turn } from "./turn.ts";

const questionHours = 48;
/** As many as a list has room for. */
const mostListed = 3;

/** "Pagué 98 por Yape 123456", "¿cuánto debo?": what somebody pays back of joint purchases and credit. */
export async function answerDebts(turn: Turn): Promise<Outcome | null> {
  const wish = readDebtWish(turn.text);
  const { person } = turn;
  if (!wish || !person?.consented) return null;
  const noted = await goOnNoting(turn, person);
  if (noted) return noted;
  if (wish.kind === "paid" && isOfVisit(turn, wish)) return null;
  const { debts, hidden } = await debtsOf(turn, person);
  if (wish.kind === "owed") return sayOwed(turn, debts, hidden);
  return takePayment(turn, person, { wish, debts, hidden });
}

/** What is told of a visit, and what is asked after one: who was paid there is nobody whom a debt is to. */
const ofVisits: readonly Intent[] = [
  "report_done",
  "report_no_show",
  "rate",
  "complain",
  "request_training",
  "request_service",
  "request_equipment",
];
const askedOfVisits: readonly PromptKind[] = ["outcome", "rating", "help", "visit"];

/** "Sí vino, le pagué 80", or a need with what it is for: words of a payment that are not of a debt. */
function isOfVisit({ heard: { intent, slots }, asking }: Turn, { names, sure }: Paid["wish"]): boolean {
  if (asking && askedOfVisits.includes(asking.kind) && !sure) return true;
  if (names) return false;
  return ofVisits.includes(intent) || slots.topic !== undefined;
}

/**
 * What is owed of a loan is kept from the others of a shared phone, and so is whether there is one: `hidden` is the same
 * for who borrows and who does not.
 */
async function debtsOf(turn: Turn, person: Person): Promise<{ debts: readonly Debt[]; hidden: boolean }> {
  const debts = await unlessAway(async () => {
    const answer = await turn.kit.call(listDebts, { params: { personId: person.id } }, turn.step("debts"));
    return answer.debts;
  });
  if (await mayBeTold(turn, person)) return { debts, hidden: false };
  return { debts: debts.filter(({ subject }) => subject.kind !== "credit-instalment"), hidden: true };
}

function sayOwed(turn: Turn, debts: readonly Debt[], hidden: boolean): Outcome {
  if (debts.length === 0) return say(hidden ? "credit_word_first" : "debts_none");
  return { say: [sayDebts("debts", debts.slice(0, mostListed), turn)] };
}

type Paid = { wish: Extract<DebtWish, { kind: "paid" }>; debts: readonly Debt[]; hidden: boolean };

async function takePayment(
  turn: Turn,
  person: Person,
  { wish, debts, hidden }: Paid,
): Promise<Outcome | null> {
  const open = debts.filter(({ owedCentimos }) => owedCentimos > 0);
  const meant = open.filter((debt) => isOf(debt, wish.of));
  if (meant.length === 0) return nothingOwed(turn, person, { wish, debts, hidden });
  const { amountCentimos } = wish.said;
  const named = meant.filter((debt) => isNamed(debt, turn.text));
  const fitting = meant.filter(({ owedCentimos }) => owedCentimos >= (amountCentimos ?? 0));
  const [likely] = [named, fitting, meant].filter(({ length }) => length > 0);
  const [only, ...others] = likely ?? [];
  // What is paid of a loan that is kept from the phone is not taken for the purchase that is not.
  const isSure = named.length > 0 || (wish.sure && !(hidden && wish.of === null));
  if (only && others.length === 0 && isSure && !(wish.of === null && isPaidToOther(only, turn.text)))
    return goOn(turn, person, { debt: only.subject, debts, hidden, said: wish.said });
  return askWhich(turn, person, { debts: likely ?? [], said: wish.said });
}

/** One is asked for with SI or NO, several with their numbers. */
function askWhich(
  turn: Turn,
  person: Person,
  { debts, said }: { debts: readonly Debt[]; said: PaymentSaid },
): Outcome {
  const listed = debts.slice(0, mostListed);
  const [only, ...others] = listed;
  const text =
    only && others.length === 0 ? sayDebtAsked(only, turn.language) : sayDebts("debt_which", listed, turn);
  return {
    ask: question(turn, person, { step: "debt", debts: listed.map(({ subject }) => subject), said, text }),
  };
}

/** To what else is asked a "ya pagué" may be an answer. */
function nothingOwed(turn: Turn, person: Person, { wish, debts, hidden }: Paid): Outcome | null {
  const { intent } = turn.heard;
  const isPayment = wish.sure || wish.of !== null || intent === "unknown" || tellsPaidByCancelling(turn.text);
  if (!isPayment) return null;
  const waiting = debts.find((debt) => debt.waitingCentimos > 0 && isOf(debt, wish.of));
  if (waiting)
    return say("debt_waits", {
      amount: formatSoles(waiting.waitingCentimos),
      receiver: shortName(waiting.receiver.name ?? "", 40),
    });
  if (hidden && wish.of !== "purchase") return say("credit_word_first");
  const open = debts.filter(({ owedCentimos }) => owedCentimos > 0);
  if (open.length > 0) return askWhich(turn, person, { debts: open, said: wish.said });
  // "Ya cancele" is no NO and ends nothing.
  if (tellsPaidByCancelling(turn.text)) return say("paid_or_cancel");
  return turn.asking || !(wish.sure || wish.of) ? null : say("debts_none");
}

const isOf = ({ subject }: Debt, of: "purchase" | "credit" | null): boolean =>
  of === null || subject.kind === (of === "credit" ? "credit-instalment" : "pool-order");

const generic =
  /^(cooperativa|asociacion|comite|central|organizacion|productor\w*|agrari[ao]|banco|caja|municipal|credito|ahorro|para|cacao|cafe)$/;

/** By what was bought, or the name of whom it is owed to: a name is often a place's too, and counts only of who is paid. */
function isNamed({ receiver, title }: Debt, text: string): boolean {
  const product = findProduct(text.slice(0, 300))?.name;
  if (product && title !== null && findProduct(title)?.name === product) return true;
  const folded = foldCase(text.slice(0, 300));
  const own = foldCase(receiver.name ?? "").match(/[a-zñ]{4,}/g) ?? [];
  const payee =
    "\\b(a|al|para|pa) ((la|el|los|las|don|dona|senora?) )*((coop|asoc|comite|central|caja|financiera|banco)[a-z]* ([a-z]+ ){0,4})?";
  return own.some((each) => !generic.test(each) && new RegExp(`${payee}${each}\\b`).test(folded));
}

/** "A la cooperativa", of what is owed to an association. */
const isPaidToOther = ({ receiver }: Debt, text: string): boolean =>
  ["coop", "asoc", "comite"].some(
    (each) => foldCase(text).includes(each) && !foldCase(receiver.name ?? "").includes(each),
  );

type Given = { debt: DebtMeant; debts: readonly Debt[]; hidden: boolean; said: PaymentSaid };

/** What is still missing is asked, one thing at a time; then it is written down. */
async function goOn(turn: Turn, person: Person, { debt, debts, hidden, said }: Given): Promise<Outcome> {
  const known = debts.find(({ subject }) => subject.id === debt.id);
  if (!known) return say(hidden && debt.kind === "credit-instalment" ? "credit_word_first" : "debts_none");
  const ask = (step: PaymentQuestion["step"], left: PaymentSaid, text: ReturnType<typeof sayText>) => ({
    ask: question(turn, person, { step, debts: [debt], said: left, text }),
  });
  const receiver = shortName(known.receiver.name ?? "", 40);
  if (known.owedCentimos === 0)
    return say("debt_waits", { amount: formatSoles(known.waitingCentimos), receiver });
  if (said.amountCentimos === null) return ask("amount", said, sayText("payment_amount", { receiver }));
  if (said.amountCentimos > known.owedCentimos)
    return ask(
      "amount",
      { ...said, amountCentimos: null },
      sayText("payment_too_much", { receiver, amount: formatSoles(known.owedCentimos) }),
    );
  if (said.method === null) return ask("method", said, sayText("payment_how"));
  if (said.method !== "cash" && said.operationNumber === null)
    return ask("number", said, sayText("payment_number"));
  const { amountCentimos, method } = said;
  const noting = { debt, said: { ...said, amountCentimos, method }, receiver };
  return note(turn, person, (await decideOnce(turn, noted, async () => noting)) ?? noting);
}

const noted = "payment";

/** Of a turn that was cut off the payment may be among what is owed and waits: it is noted as it was decided. */
async function goOnNoting(turn: Turn, person: Person): Promise<Outcome | null> {
  const before = await decideOnce<Noting>(turn, noted, async () => null);
  return before && note(turn, person, before);
}

type Noting = {
  debt: DebtMeant;
  said: PaymentSaid & { amountCentimos: number; method: PaymentMethod };
  receiver: string;
};

async function note(turn: Turn, person: Person, { debt, said, receiver }: Noting): Promise<Outcome> {
  const { amountCentimos, method, operationNumber } = said;
  const body = {
    subject: debt,
    amountCentimos,
    method,
    ...(operationNumber === null ? {} : { operationNumber }),
    as: "payer" as const,
    personId: person.id,
  };
  try {
    await turn.kit.call(recordPayment, { body }, turn.step("payment"));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return refused(turn, person, { debt, said, error });
  }
  const how = word("payment_method", method, turn.language);
  const number =
    operationNumber === null ? "" : phrase("payment_operation", { number: operationNumber }, turn.language);
  return say("payment_noted", { amount: formatSoles(amountCentimos), how: `${how}${number}`, receiver });
}

function refused(
  turn: Turn,
  person: Person,
  { debt, said, error }: Omit<Noting, "receiver"> & { error: DomainError },
): Outcome {
  const again = (
    step: PaymentQuestion["step"],
    left: PaymentSaid,
    key: "payment_number" | "payment_amount_again",
  ) => ({
    ask: question(turn, person, { step, debts: [debt], said: left, text: sayText(key) }),
  });
  switch (error.code) {
    case "payment-already-recorded":
      return say("payment_known");
    case "operation-number-wrong":
      return again("number", { ...said, operationNumber: null }, "payment_number");
    case "more-than-due":
      return again("amount", { ...said, amountCentimos: null }, "payment_amount_again");
    case "no-such-payment-subject":
    case "not-your-payment":
      return say("debts_none");
    default:
      throw error;
  }
}

function question(
  turn: Turn,
  person: Person,
  {
    text,
    ...asked
  }: Pick<PaymentQuestion, "step" | "debts" | "said"> & { text: string | ReturnType<typeof sayText> },
) {
  const subject: PaymentQuestion = { kind: "payment", personId: person.id, ...asked };
  return { subject, text, expiresAt: hoursFrom(turn.now, questionHours) };
}

/** The number of a debt, the sum, the way or the operation that was asked for. */
export async function answerPaymentQuestion(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  const { person } = turn;
  if (subject?.kind !== "payment" || !person || person.id !== subject.personId) return null;
  const before = await goOnNoting(turn, person);
  if (before) return { ...before, answered: true };
  if (callsOffOther(turn, "payment")) return null;
  const answer = endsIt(turn) ? "left" : readAnswer(turn, subject);
  if (answer === "none") return null;
  if (answer === "left") return { ...say("payment_left"), answered: true };
  if (answer === "no-number") return say("payment_no_number");
  if (answer === "off") return offTheMenu(turn, say("debt_which_again"));
  if (answer === null)
    return { ...say(asksIfPaid(subject) ? "answer_yes_or_no" : hints[subject.step]), puzzled: true };
  const { debts, hidden } = await debtsOf(turn, person);
  const outcome = await goOn(turn, person, { ...answer, debts, hidden });
  return { ...outcome, answered: true };
}

const bareNo =
  /^\W*(no+|nop|nada|ya no|no gracias|ningun[oa]?( de (es[oa]s|est[oa]s))?|no es( es[oa])?|no (lo |la |los |le |les )?(he )?(pague|pagado|page)\b.*)\W*$/;

/** NO, or the question called off: not "ya cancele", which pays, nor "no, fue en efectivo", which answers. */
function endsIt({ heard, text }: Turn): boolean {
  if (readDebtWish(text)?.kind === "paid") return false;
  return heard.intent === "cancel_request" || bareNo.test(foldCase(text));
}

const hints = {
  debt: "debt_which_again",
  amount: "payment_amount_again",
  method: "payment_how",
  number: "payment_number",
} as const satisfies Record<PaymentQuestion["step"], string>;

/**
 * What goes to whom, as far as the answer says; `none`: it is about something else, `off`: not on the list, `left`: it
 * was not paid, `no-number`: it was, and the receipt is not at hand.
 */
function readAnswer(
  turn: Turn,
  { step, debts, said }: PaymentQuestion,
): Pick<Given, "debt" | "said"> | "none" | "off" | "left" | "no-number" | null {
  const [first] = debts;
  if (!first || isOtherMatter(turn)) return "none";
  const unread = () => {
    if (readDebtWish(turn.text) !== null) return "none";
    if (step === "number" && !/\d/.test(turn.text)) return isAside(turn) ? "none" : "no-number";
    if (turn.heard.intent === "decline" && !forgot.test(foldCase(turn.text))) return "left";
    return isAside(turn) ? "none" : null;
  };
  const method = readMethod(turn.text);
  if (step === "debt") {
    const number = picked(turn.text);
    const isYes = debts.length === 1 && turn.heard.intent === "confirm";
    if (number === null && !isYes) return unread();
    const debt = isYes ? first : number === "several" ? undefined : debts[(number ?? 0) - 1];
    return debt ? { debt, said } : "off";
  }
  if (step === "amount") {
    const amountCentimos = readPaidAmount(turn.text);
    if (amountCentimos === null) return unread();
    const operationNumber = said.operationNumber ?? readOperation(turn.text);
    return { debt: first, said: { amountCentimos, method: said.method ?? method, operationNumber } };
  }
  const known = method ?? said.method;
  const operationNumber = known === "cash" ? null : (readOperation(turn.text, true) ?? said.operationNumber);
  if (step === "method" && method === null) return unread();
  if (step === "number" && operationNumber === null && known !== "cash") return unread();
  return { debt: first, said: { ...said, method: known, operationNumber } };
}

const forgot = /\bno (me |lo )?(acuerdo|recuerdo|se|tengo)\b/;

/** Something that was understood otherwise is no bad answer. */
const isAside = ({ heard, text }: Turn): boolean =>
  !answering.includes(heard.intent) || readDebtWish(text) !== null;

const answering: readonly Intent[] = ["choose", "unknown", "confirm", "decline"];

/** "Vendo 2000 kilos", "no vino el técnico": its numbers and words are of what it says. "Fueron 196 soles" is of this. */
const isOtherMatter = ({ heard, text }: Turn): boolean =>
  !answering.includes(heard.intent) && !saysOnlyPayment(text) && readDebtWish(text)?.kind !== "paid";

import { chooseProduct, withdrawCredit } from "@minka/contracts/credits";
import { askEndorsement } from "@minka/contracts/endorsements";
import { nameGuarantors, smallestGuarantee } from "@minka/contracts/group-guarantees";
import type { Person } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import { formatSoles } from "@minka/domain/money";
import type { Intent } from "@minka/language/intents";
import {
  readCreditWish,
  readDeclared,
  readMobiles,
  readMonths,
  readPurpose,
  readSum,
} from "@minka/language/read-credit-words";
import { openNeed } from "../conversations/answer-need.ts";
import { callsOffOther } from "../conversations/ask-sure.ts";
import { offTheMenu, picked } from "../conversations/menus.ts";
import { shortName } from "../conversations/say-match.ts";
import { say, type Outcome, type Turn } from "../conversations/turn.ts";
import { wantCredit } from "./begin-credit.ts";
import { asksYesOrNo, type CreditQuestion, type LoanWanted } from "./credit-questions.ts";
import { askAgain, askForBacking, askToSend, goOn, sendCredit } from "./follow-own-credit.ts";
import { ownCredits, readOwn } from "./own-credits.ts";
import { mayBeTold } from "./may-hear.ts";
import { offerProducts } from "./offer-products.ts";
import { changeTerm } from "./change-term.ts";

/** What may be an answer to a question of credit; everything else is another matter, said meanwhile. */
const answering: readonly Intent[] = [
  "choose",
  "unknown",
  "confirm",
  "decline",
  "cancel_request",
  "request_credit",
  "rate",
];

/** An answer to what somebody was asked about their own credit. */
export async function answerCreditQuestion(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind !== "credit" || !turn.person || readCreditWish(turn.text) !== null) return null;
  const { intent } = turn.heard;
  if (callsOffOther(turn, "credit")) return null;
  // "Abono" is what the money is for, and no order of abono.
  const isPurpose = subject.step === "purpose" && intent.startsWith("request_");
  if (!answering.includes(intent) && !isPurpose) return null;
  if (!(await mayBeTold(turn, turn.person))) return say("credit_word_first");
  const outcome = await answerStep(turn, turn.person, subject);
  return (
    outcome && (outcome.puzzled || outcome.answered === false ? outcome : { ...outcome, answered: true })
  );
}

const again = (outcome: Outcome): Outcome => ({ ...outcome, answered: false });
const puzzledBy = (key: Parameters<typeof say>[0]): Outcome => ({ ...say(key), puzzled: true });

async function answerStep(turn: Turn, person: Person, subject: CreditQuestion): Promise<Outcome | null> {
  const { intent } = turn.heard;
  if (intent === "cancel_request" || (intent === "decline" && endsIt(subject)))
    return leaveIt(turn, person, subject);
  if (asksYesOrNo(subject) && intent !== "confirm" && intent !== "decline")
    return intent === "request_credit" ? null : puzzledBy("answer_yes_or_no");
  switch (subject.step) {
    case "purpose": {
      const purpose = readPurpose(turn.text);
      if (!purpose) return puzzledBy("credit_purpose_again");
      return want(turn, person, { ...subject.wanted, need: { ...subject.wanted.need, purpose } });
    }
    case "amount": {
      const amountCentimos = readSum(turn.text);
      if (!amountCentimos) return puzzledBy("credit_amount_again");
      return want(turn, person, { ...subject.wanted, need: { ...subject.wanted.need, amountCentimos } });
    }
    case "months": {
      const months = readMonths(turn.text, true);
      if (!months) return puzzledBy("credit_months_again");
      return want(turn, person, { ...subject.wanted, months });
    }
    case "other-months": {
      const months = readMonths(turn.text, true);
      if (!months) return puzzledBy("credit_months_again");
      return changeTerm(turn, person, { creditId: subject.creditId, months });
    }
    case "declare": {
      const declared = intent === "decline" ? [] : readDeclared(turn.text, subject.options);
      if (!declared) return puzzledBy("credit_declare_again");
      return offerProducts(turn, person, { creditId: subject.creditId, declared });
    }
    case "products":
      return choose(turn, person, subject);
    case "vouch":
      return askToVouch(turn, person, subject);
    case "guarantors":
      return nameNeighbours(turn, person, subject.creditId);
    case "send":
      return intent === "confirm"
        ? sendCredit(turn, person, { version: undefined, ...subject })
        : say("credit_not_sent");
  }
}

/** NO to what is missing, and to the list, is no to the credit; to the rest it is no to that alone. */
const endsIt = ({ step }: CreditQuestion) =>
  ["purpose", "amount", "months", "other-months", "products"].includes(step);

async function leaveIt(turn: Turn, person: Person, subject: CreditQuestion): Promise<Outcome> {
  if (!("creditId" in subject)) return say("credit_left_alone");
  await withdrawQuietly(turn, person, subject.creditId);
  return say("credit_left_alone");
}

async function withdrawQuietly(turn: Turn, person: Person, creditId: string): Promise<void> {
  try {
    await turn.kit.call(
      withdrawCredit,
      { params: { creditId }, body: { personId: person.id } },
      turn.step("withdraw"),
    );
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
  }
}

/** What is still missing, or the products; where nobody lends for it, it is looked for like any other need. */
async function want(turn: Turn, person: Person, wanted: LoanWanted): Promise<Outcome> {
  const { need, districtCode } = wanted;
  return (await wantCredit(turn, person, wanted)) ?? openNeed(turn, person, { need, districtCode });
}

type Step<Name extends CreditQuestion["step"]> = Extract<CreditQuestion, { step: Name }>;

async function choose(
  turn: Turn,
  person: Person,
  { creditId, offerIds }: Step<"products">,
): Promise<Outcome | null> {
  if (turn.heard.intent === "request_credit") return null;
  const number = picked(turn.text);
  if (number === null || number === "several") return again(puzzledBy("credit_products_again"));
  const offerId = offerIds[number - 1];
  if (!offerId) return again(await offTheMenu(turn, say("credit_products_again")));
  try {
    await turn.kit.call(
      chooseProduct,
      { params: { creditId }, body: { offerId, personId: person.id } },
      turn.step("choose"),
    );
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
    return goOn(turn, person, await readOwn(turn, person, creditId));
  }
  const credit = await readOwn(turn, person, creditId);
  const backing = await askForBacking(turn, person, credit);
  if (backing) return backing;
  // What their lender may see is asked by itself; else it was answered before.
  return asksHistory(credit) ? {} : askToSend(turn, person, credit);
}

const asksHistory = ({ consents }: { consents: readonly { consent: string; given: boolean | null }[] }) =>
  consents.some(({ consent, given }) => consent === "history" && given === null);

async function askToVouch(
  turn: Turn,
  person: Person,
  { creditId, organizations }: Step<"vouch">,
): Promise<Outcome | null> {
  const { intent } = turn.heard;
  if (intent === "decline") return afterBacking(turn, person, creditId);
  const number = organizations.length === 1 ? 1 : picked(turn.text);
  const organization = typeof number === "number" ? organizations[number - 1] : undefined;
  if (!organization) return again(puzzledBy("credit_products_again"));
  try {
    await turn.kit.call(
      askEndorsement,
      { params: { creditId }, body: { organizationId: organization.id, personId: person.id } },
      turn.step("vouch"),
    );
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
    if (error.code !== "already-asked") return afterBacking(turn, person, creditId);
  }
  return say("credit_vouch_asked", { organization: shortName(organization.name, 48) });
}

/**
 * What comes after nobody is asked to back it: the question of what the lender sees, which waits, or which nobody put
 * yet to who chose on a page; or it is sent.
 */
async function afterBacking(turn: Turn, person: Person, creditId: string): Promise<Outcome> {
  const credit = await readOwn(turn, person, creditId);
  if (credit.state !== "draft") return goOn(turn, person, credit);
  if (!asksHistory(credit)) return askToSend(turn, person, credit, true);
  return (await askAgain(turn, "credit-history", creditId)) ?? {};
}

async function nameNeighbours(turn: Turn, person: Person, creditId: string): Promise<Outcome> {
  if (turn.heard.intent === "decline") return afterBacking(turn, person, creditId);
  const phones = readMobiles(turn.text);
  if (phones.length < smallestGuarantee) return puzzledBy("credit_guarantors_again");
  try {
    const { state, eachCentimos } = await turn.kit.call(
      nameGuarantors,
      {
        params: { creditId },
        body: { guarantors: phones.slice(0, 10).map((phone) => ({ phone })), personId: person.id },
      },
      turn.step("guarantors"),
    );
    if (state === "standing") return say("credit_guarantors_stand");
    return say("credit_guarantors_asked", { amount: formatSoles(eachCentimos) });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.code === "has-an-association") return say("credit_guarantors_member");
    if (error.code === "guarantee-stands") return say("credit_guarantors_stand");
    if (error.category === "invalid") return puzzledBy("credit_guarantors_again");
    if (error.category === "conflict") return say("credit_nothing_to_send");
    throw error;
  }
}

/** ENVIAR, and "GARANTES Juan 987654321, …", at any time while there is a credit to send or to back. */
export async function answerCreditWish(turn: Turn): Promise<Outcome | null> {
  const wish = readCreditWish(turn.text);
  if (!wish || !turn.person?.consented) return null;
  const { person } = turn;
  if (wish === "guarantors" && readMobiles(turn.text).length === 0 && turn.heard.intent !== "unknown")
    return null;
  if (!(await mayBeTold(turn, person))) return say("credit_word_first");
  const credits = await ownCredits(turn, person);
  const [credit] = credits.filter(
    ({ state }) => wish === "send" || ["draft", "submitted", "in_review", "more_asked"].includes(state),
  );
  const answered = turn.prompt?.kind === "credit";
  if (!credit) return { ...say("credit_nothing_to_send"), answered };
  if (wish === "guarantors") return { ...(await nameNeighbours(turn, person, credit.id)), answered };
  if (credit.state === "draft" && !credit.chosen) return { ...(await goOn(turn, person, credit)), answered };
  const asked = turn.prompt?.subject;
  // Who chose on a page has not read here what their lender would see; who has, and sends it, need not answer.
  const isRead = asked?.kind === "confirmation" && asked.service === "brokering" && asked.id === credit.id;
  const question =
    credit.state === "draft" && asksHistory(credit) && !isRead
      ? await askAgain(turn, "credit-history", credit.id)
      : null;
  if (question) return { ...question, answered };
  const { version } = asked?.kind === "credit" && asked.step === "send" ? asked : credit;
  return { ...(await sendCredit(turn, person, { creditId: credit.id, version })), answered };
}

/** Once somebody said what their lender may see: send it now? */
export async function afterHistory(turn: Turn, creditId: string): Promise<Outcome> {
  const { person } = turn;
  if (!person) return {};
  const credit = await readOwn(turn, person, creditId);
  if (credit.state !== "draft" || !credit.chosen) return {};
  const backing = credit.through.way === "self" ? null : await askForBacking(turn, person, credit);
  return backing ?? askToSend(turn, person, credit);
}

import type { Credit } from "@minka/contracts/credits";
import type { Person } from "@minka/contracts/profiles";
import { foldCase } from "@minka/language/fold";
import { namesCredit } from "@minka/language/read-credit-words";
import { tellsPaidByCancelling } from "@minka/language/read-payment-words";
import {
  callOffCredit,
  creditsToLeave,
  draftCalledOff,
  leavingCredit,
  mayBeWithdrawn,
  withdrawCreditNow,
} from "../credit/call-off-credit.ts";
import { lotsToLeave } from "./answer-lot.ts";
import { askWhichToLeave } from "./ask-sure.ts";
import { readMatters, visitsToMake } from "./open-matters.ts";
import { poolsToLeave } from "./order-packs.ts";
import { openRequests } from "./say-requests.ts";
import type { Outcome, Turn } from "./turn.ts";

/** CANCELAR and nothing that it names. */
const bare =
  /^\W*(si|ya|por favor|quiero|kiero|deseo)?\W*(cancel\w*|anul\w*)( (todo|ya|nomas|por favor|porfa|mi pedido|el pedido|pedido))*\W*$/;

/**
 * CANCELAR of what brokering holds: a credit that is named or asked about; else the only thing that they are in, or which
 * of several. A request that waits and a visit that is promised are what CANCELAR means first.
 */
export async function answerCallOff(turn: Turn): Promise<Outcome | null> {
  const { person, heard, text } = turn;
  if (heard.intent !== "cancel_request" || !person?.consented || tellsPaidByCancelling(text)) return null;
  const before = await draftCalledOff(turn, async () => null);
  if (before) return answeredBy(turn, before, await withdrawCreditNow(turn, person, before));
  const asked = creditAsked(turn);
  if (namesCredit(text) || asked !== null) return callOffNamed(turn, person, asked);
  const matters = await readMatters(turn);
  if (matters.requests.length > 0 || visitsToMake(matters).length > 0) return null;
  const [pools, lots, credits] = await Promise.all([
    poolsToLeave(turn, person),
    lotsToLeave(turn, person),
    creditsToLeave(turn, person),
  ]);
  const open = credits.filter(mayBeWithdrawn);
  const all = [...pools, ...lots, ...open.map((credit) => leavingCredit(turn, credit))];
  if (all.length > 1) return askWhichToLeave(turn, all);
  const [credit] = open;
  if (!credit) return (pools[0] ?? lots[0])?.ask() ?? null;
  // "Ya no quiero el técnico" ends no loan.
  return bare.test(foldCase(text)) ? callOff(turn, person, credit) : null;
}

/** The credit that the open question is about. */
function creditAsked({ prompt }: Turn): string | null {
  const subject = prompt?.subject;
  if (subject?.kind === "credit") return "creditId" in subject ? subject.creditId : null;
  return subject?.kind === "confirmation" && /^credit-(terms|more|history|origination)$/.test(subject.what)
    ? subject.id
    : null;
}

async function callOffNamed(turn: Turn, person: Person, asked: string | null): Promise<Outcome | null> {
  const requests = asked === null ? await openRequests(turn) : [];
  if (requests.some(({ need }) => need.kind === "credit")) return null;
  const credits = await creditsToLeave(turn, person);
  const meant = asked === null ? credits : credits.filter(({ id }) => id === asked);
  const open = meant.filter(mayBeWithdrawn);
  if (open.length > 1)
    return askWhichToLeave(
      turn,
      open.map((credit) => leavingCredit(turn, credit)),
    );
  const [credit] = meant;
  return credit ? callOff(turn, person, credit) : null;
}

async function callOff(turn: Turn, person: Person, credit: Credit): Promise<Outcome> {
  if (credit.state === "draft") await draftCalledOff(turn, async () => credit.id);
  return answeredBy(turn, credit.id, await callOffCredit(turn, person, credit));
}

/** What was asked of that credit needs no answer any more, once it is called off. */
function answeredBy(turn: Turn, creditId: string, outcome: Outcome): Outcome {
  return outcome.ask ? outcome : { ...outcome, answered: creditAsked(turn) === creditId };
}

import type { Need } from "@minka/contracts/need";
import type { Person } from "@minka/contracts/profiles";
import { inputProducts, type InputProduct } from "@minka/domain/vocabulary";
import { findProduct } from "@minka/language/find-product";
import type { Intent } from "@minka/language/intents";
import { isQuestion } from "@minka/language/is-question";
import { inPacks, readPacks, saysOfWhat, type PacksSaid } from "@minka/language/read-packs";
import { namesPurchase, readPoolWish, type PoolWish } from "@minka/language/read-pool-words";
import { eq } from "@minka/database/query";
import { unlessAway } from "../credit/own-credit-status.ts";
import { inboundMessages } from "../tables.ts";
import { lotsToLeave } from "./answer-lot.ts";
import { askConsent, noWish } from "./ask-consent.ts";
import { askedInstead, askSure, askWhichToLeave, callsOffOther } from "./ask-sure.ts";
import { offTheMenu, picked } from "./menus.ts";
import { meantPools, sayOpenPool, sayOwnOrder, sayPackSize, sayPools, saySureOrder } from "./say-pool.ts";
import type { JoinablePool } from "./say-pool.ts";
import { leave, leftBefore, leavingPool, orderPacks } from "./order-packs.ts";
import { isIn, knownPools, poolsOf } from "./own-pools.ts";
import { openRequests } from "./say-requests.ts";
import { hoursFrom, say, type Outcome, type Turn } from "./turn.ts";

/** How long the question for how many, or of which purchase, waits. */
const questionHours = 48;
/** As many as a list has room for. */
const mostListed = 3;

/** Beside these a message wants or says something else, whatever of its words may be of a purchase. */
const anyWish: readonly Intent[] = ["join_pool", "unknown", "choose"];
const ifPlain: readonly Intent[] = ["request_input", "cancel_request", "help"];
const ifNamed: readonly Intent[] = [
  "request_input",
  "request_buyer",
  "find_organization",
  "ask_price",
  "ask_status",
  "help",
];
/** "¿Cuándo se cierra la compra?": read word by word it may be of a saw. */
const ifAskedOf: readonly Intent[] = [...ifNamed, "request_equipment", "request_service", "report_done"];

/** What a message says of a joint purchase: by its words, or as the interpreter reads it. */
function wishOf({ text, heard: { intent } }: Turn): PoolWish | null {
  const wish = readPoolWish(text);
  if (intent === "join_pool") {
    if (wish && wish.kind !== "status") return wish;
    if (wish || isQuestion(text)) return { kind: "status", sure: true };
    return { kind: "join", packs: readPacks(text), sure: false };
  }
  if (!wish || anyWish.includes(intent)) return wish;
  if (wish.kind === "leave" && intent === "cancel_request") return wish;
  // What is fetched when is asked of what one is in; what it costs is asked of whoever sells.
  const isOfGoods = wish.kind === "status" ? isQuestion(text) : wish.kind === "change" || wish.sure;
  if (ifPlain.includes(intent) && intent !== "cancel_request" && isOfGoods) return wish;
  const named = wish.kind === "status" && wish.sure ? ifAskedOf : ifNamed;
  return named.includes(intent) && namesPurchase(text) ? wish : null;
}

/**
 * "Me apunto con 5 sacos", "cambio a 6", "salgo de la compra", COMPRA. Words that may also mean something else are of a
 * purchase only for who can join one, or is in one.
 */
export async function answerPool(turn: Turn): Promise<Outcome | null> {
  const wish = wishOf(turn);
  if (!wish) return null;
  const surely = turn.heard.intent === "join_pool";
  if (!turn.person?.consented) {
    if (!surely || turn.phoneKnown) return surely ? say("join_pool_none") : null;
    return askConsent(turn, { ...noWish, next: { kind: "pool", messageId: turn.messageId } });
  }
  const outcome = askedInstead(turn, await actOn(turn, turn.person, wish));
  return outcome ?? (surely ? say("join_pool_none") : null);
}

/** Who had to agree first goes on with the purchase that the message from before was about. */
export async function joinPoolOf(turn: Turn, person: Person, messageId: string): Promise<Outcome> {
  const [message] = await turn.kit.db.read
    .select({ body: inboundMessages.body })
    .from(inboundMessages)
    .where(eq(inboundMessages.id, messageId));
  const packs = readPacks(message?.body ?? "");
  return (await actOn(turn, person, { kind: "join", packs, sure: true })) ?? say("join_pool_none");
}

async function actOn(turn: Turn, person: Person, wish: PoolWish): Promise<Outcome | null> {
  const pools = await poolsOf(turn, person, productOf(turn));
  const own = pools.filter(isIn);
  switch (wish.kind) {
    case "status":
      if (own.length > 0) return sayOwn(turn, own);
      if (!wish.sure) return null;
      if (isQuestion(turn.text) && pools.length > 0)
        return { say: pools.slice(0, mostListed).map((pool) => sayOpenPool(pool, turn)) };
      return (await offer(turn, pools, { packs: null, sure: false })) ?? say("join_pool_none");
    case "leave":
      return leaveOf(turn, person, { own: meantPools(turn.text, own), wish });
    case "change":
      if (own.length > 0) return change(turn, person, meantPools(turn.text, own), wish);
      return turn.heard.intent === "join_pool" ? offer(turn, pools, { ...wish, sure: false }) : null;
    case "join":
      return offer(turn, meantPools(turn.text, pools), wish);
  }
}

/** What is bought, where they say so. */
function productOf({ heard, text }: Turn): InputProduct | undefined {
  const named = findProduct(text);
  return inputProducts.find((each) => each === (heard.slots.product ?? named?.name));
}

type Own = { readonly own: readonly JoinablePool[] };

/** At once where they say of what, in so many words; else they are asked. */
async function leaveOf(
  turn: Turn,
  person: Person,
  { own, wish }: Own & { wish: Extract<PoolWish, { kind: "leave" }> },
): Promise<Outcome | null> {
  // A lot is left by the same word.
  const lots = wish.sure && !wish.named ? await lotsToLeave(turn, person) : [];
  const [only] = own;
  if (own.length + lots.length > 1)
    return askWhichToLeave(turn, [...own.map((pool) => leavingPool(turn, pool)), ...lots]);
  if (!only) return (await leftBefore(turn)) ?? lots[0]?.ask() ?? null;
  // "Ya no quiero la urea" of who has also asked for some is of that, and CANCELAR knows which.
  const asked = wish.named || wish.sure ? [] : await openRequests(turn);
  if (asked.some(({ need }) => need.kind === "input")) return null;
  return wish.sure ? leave(turn, only) : leavingPool(turn, only).ask();
}

/** Another number; of several purchases it is asked in which. */
async function change(
  turn: Turn,
  person: Person,
  own: readonly JoinablePool[],
  { packs, sure, by }: Extract<PoolWish, { kind: "change" }>,
): Promise<Outcome> {
  const [only, ...others] = own;
  if (!only?.order || others.length > 0) return askWhich(turn, own, by ? null : packs);
  if (!packs) return askPacks(turn, only);
  const said = inPacks(packs, only.pack);
  if (!said) return askPackSize(turn, only);
  const had = only.order.packs;
  const wanted = by === "more" ? had + said.packs : by === "fewer" ? had - said.packs : null;
  if (wanted !== null && wanted < 1) return leavingPool(turn, only).ask();
  const order = wanted === null ? said : { packs: wanted, minimum: wanted, maximum: wanted };
  return sure ? orderPacks(turn, person, only.id, order) : askSureOrder(turn, only, order);
}

export const askSureOrder = (turn: Turn, pool: JoinablePool, packs: PacksSaid): Outcome =>
  askSure(turn, { what: "order-packs", poolId: pool.id, packs }, saySureOrder(pool, packs, turn));

/** Beside a need for what one could buy with others for less: that there is such a purchase. */
export async function alsoPooled(turn: Turn, person: Person, { kind, product }: Need): Promise<Outcome> {
  const input = inputProducts.find((each) => each === product);
  if (kind !== "input" || !input || !person.consented) return {};
  const pools = await unlessAway(() => poolsOf(turn, person, input));
  const [other] = pools.some(isIn) ? [] : pools;
  return other ? { say: [sayOpenPool(other, turn, "pool_also")] } : {};
}

/** What ESTADO says of the purchases that somebody is in. */
export async function describePools(turn: Turn): Promise<Outcome | null> {
  const { person } = turn;
  if (!person?.consented) return null;
  const own = (await unlessAway(() => poolsOf(turn, person))).filter(isIn);
  return own.length === 0 ? null : sayOwn(turn, own);
}

const sayOwn = (turn: Turn, own: readonly JoinablePool[]): Outcome => ({
  say: own.slice(0, mostListed).map((pool) => sayOwnOrder("pool_status", pool, turn)),
});

type Joining = { readonly packs: PacksSaid | null; readonly sure: boolean };

/** One that fits is joined at once, or asked how many of; of several one is chosen. */
async function offer(
  turn: Turn,
  pools: readonly JoinablePool[],
  { packs, sure }: Joining,
): Promise<Outcome | null> {
  const [only, ...others] = pools;
  if (!only) return null;
  if (others.length > 0) return askWhich(turn, pools, packs);
  if (!packs || !turn.person) return askPacks(turn, only);
  const said = inPacks(packs, only.pack);
  if (!said) return askPackSize(turn, only);
  // Who is in already may mean so many in all, or besides.
  if (sure && !isIn(only)) return orderPacks(turn, turn.person, only.id, said);
  return only.order && isIn(only) && only.order.packs === said.packs
    ? sayOwn(turn, [only])
    : askSureOrder(turn, only, said);
}

function askWhich(turn: Turn, pools: readonly JoinablePool[], packs: PacksSaid | null): Outcome {
  const listed = pools.slice(0, mostListed);
  return {
    ask: {
      subject: { kind: "pools", poolIds: listed.map(({ id }) => id), packs },
      text: sayPools(listed, turn),
      expiresAt: hoursFrom(turn.now, questionHours),
    },
  };
}

/** What was said is no number of packs: 260 kilos of sacks of 50. */
export function askPackSize(turn: Turn, pool: JoinablePool): Outcome {
  return {
    ask: {
      subject: { kind: "pool-packs", poolId: pool.id },
      text: sayPackSize(pool, turn.language),
      expiresAt: hoursFrom(turn.now, questionHours),
    },
  };
}

function askPacks(turn: Turn, pool: JoinablePool): Outcome {
  return {
    ask: {
      subject: { kind: "pool-packs", poolId: pool.id },
      text: sayOpenPool(pool, turn, "pool_packs"),
      expiresAt: hoursFrom(turn.now, questionHours),
    },
  };
}

/** Who asks before they say how many reads of it what there is to read; the question stays. */
async function describePool(turn: Turn, person: Person, poolId: string): Promise<Outcome> {
  const pool = (await poolsOf(turn, person)).find(({ id }) => id === poolId);
  if (!pool) return { ...say("pool_closed"), answered: true };
  return {
    say: [isIn(pool) ? sayOwnOrder("pool_status", pool, turn) : sayOpenPool(pool, turn)],
    puzzled: true,
  };
}

/** A number of the list of purchases, or how many packs of the one that was asked about. */
export async function answerPoolQuestion(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind !== "pools" && subject?.kind !== "pool-packs") return null;
  const { intent } = turn.heard;
  if (callsOffOther(turn, "pool")) return null;
  if (intent === "decline" || intent === "cancel_request")
    return { ...say("pool_left_alone"), answered: true };
  if (!["choose", "unknown", "join_pool", "request_input"].includes(intent) || !turn.person) return null;
  if (subject.kind === "pool-packs") {
    const pool = (await knownPools(turn, turn.person)).find(({ id }) => id === subject.poolId);
    if (isOfOther(turn, pool)) return null;
    const packs = readPacks(turn.text);
    if (isQuestion(turn.text)) return describePool(turn, turn.person, subject.poolId);
    if (!packs) return { ...say("pool_packs_again"), puzzled: true };
    if (pool && isItsPrice(turn.text, packs, pool)) return askSureOrder(turn, pool, packs);
    return orderSaid(turn, turn.person, subject.poolId, packs);
  }
  const number = picked(turn.text);
  if (number === null) return null;
  const poolId = number === "several" ? undefined : subject.poolIds[number - 1];
  if (!poolId) return offTheMenu(turn, say("pools_again"));
  if (subject.packs) return orderSaid(turn, turn.person, poolId, subject.packs);
  const pool = (await poolsOf(turn, turn.person)).find(({ id }) => id === poolId);
  return pool ? { ...askPacks(turn, pool), answered: true } : { ...say("pool_closed"), answered: true };
}

/** "10 sacos de guano" is no answer to how many of urea. "Abono" may be any. */
function isOfOther(turn: Turn, pool: JoinablePool | undefined): boolean {
  const product = productOf(turn);
  return pool !== undefined && product !== undefined && ![pool.product, "fertilizer"].includes(product);
}

/** "98" of sacks that cost S/ 98 may be what they would pay. */
function isItsPrice(text: string, { packs, unit }: PacksSaid, { price }: JoinablePool): boolean {
  if (unit !== undefined || saysOfWhat(text)) return false;
  const known = [price?.priceCentimos, price?.next?.priceCentimos];
  return known.some((each) => typeof each === "number" && Math.round(each / 100) === packs);
}

/** So many, which are packs only of this purchase's pack. */
async function orderSaid(turn: Turn, person: Person, poolId: string, said: PacksSaid): Promise<Outcome> {
  if (said.unit === undefined) return { ...(await orderPacks(turn, person, poolId, said)), answered: true };
  const pool = (await knownPools(turn, person)).find(({ id }) => id === poolId);
  if (!pool) return { ...say("pool_closed"), answered: true };
  const packs = inPacks(said, pool.pack);
  if (!packs) return { ...askPackSize(turn, pool), answered: true };
  return { ...(await orderPacks(turn, person, poolId, packs)), answered: true };
}

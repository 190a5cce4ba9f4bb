import { changeOrder, joinPool, leavePool, listJoinablePools } from "@minka/contracts/pool-orders";
import type { Person } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import type { InputProduct } from "@minka/domain/vocabulary";
import { readPacks, readPoolWish, type PacksSaid, type PoolWish } from "@minka/language/read-pool-words";
import { said } from "@minka/language/texts";
import { eq } from "drizzle-orm";
import { unlessAway } from "../credit/own-credit-status.ts";
import { inboundMessages } from "../tables.ts";
import { askConsent, noWish } from "./ask-consent.ts";
import { decideOnce } from "./decide-once.ts";
import { offTheMenu, picked } from "./menus.ts";
import { sayOwnOrder, sayPools, type JoinablePool } from "./say-pool.ts";
import { shortName } from "./say-match.ts";
import { hoursFrom, say, type Outcome, type Turn } from "./turn.ts";

/** How long the question for how many, or of which purchase, waits. */
const questionHours = 48;
/** As many as a list has room for. */
const mostListed = 3;

/** What a message says of a joint purchase: by its words, or as the interpreter reads it. */
function wishOf({ text, heard }: Turn): PoolWish | null {
  const wish = readPoolWish(text);
  if (heard.intent === "join_pool" && wish?.kind !== "leave")
    return { kind: "join", packs: wish?.kind === "join" ? wish.packs : readPacks(text) };
  return wish;
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
  return (await actOn(turn, turn.person, wish)) ?? (surely ? say("join_pool_none") : null);
}

/** Who had to agree first goes on with the purchase that the message from before was about. */
export async function joinPoolOf(turn: Turn, person: Person, messageId: string): Promise<Outcome> {
  const [message] = await turn.kit.db.read
    .select({ body: inboundMessages.body })
    .from(inboundMessages)
    .where(eq(inboundMessages.id, messageId));
  const packs = readPacks(message?.body ?? "");
  return (await actOn(turn, person, { kind: "join", packs })) ?? say("join_pool_none");
}

async function actOn(turn: Turn, person: Person, wish: PoolWish): Promise<Outcome | null> {
  const { product } = turn.heard.slots;
  const pools = await poolsOf(turn, person, product as InputProduct | undefined);
  const own = pools.filter(isIn);
  switch (wish.kind) {
    case "status":
      return own.length > 0 ? sayOwn(turn, own) : ((await offer(turn, pools, null)) ?? say("join_pool_none"));
    case "leave":
      return own[0] ? leave(turn, own[0]) : null;
    case "change":
      return own[0] && wish.packs ? order(turn, person, own[0].id, wish.packs) : null;
    case "join":
      return offer(turn, pools, wish.packs);
  }
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

const isIn = ({ order }: JoinablePool) => order?.state === "joined";

/** Open ones. */
async function poolsOf(turn: Turn, person: Person, product?: InputProduct): Promise<JoinablePool[]> {
  return (await knownPools(turn, person, product)).filter(({ state }) => state === "open");
}

/** Also those of theirs whose deadline has just come. */
async function knownPools(turn: Turn, person: Person, product?: InputProduct): Promise<JoinablePool[]> {
  const { pools } = await turn.kit.call(
    listJoinablePools,
    { params: { personId: person.id }, query: product ? { product } : {} },
    turn.step("pools"),
  );
  return pools;
}

/** One that fits is joined at once, or asked how many of; of several one is chosen. */
async function offer(
  turn: Turn,
  pools: readonly JoinablePool[],
  packs: PacksSaid | null,
): Promise<Outcome | null> {
  const [only, ...others] = pools;
  if (!only) return null;
  if (others.length === 0)
    return packs && turn.person ? order(turn, turn.person, only.id, packs) : askPacks(turn, only);
  return {
    ask: {
      subject: { kind: "pools", poolIds: pools.slice(0, mostListed).map(({ id }) => id), packs },
      text: sayPools(pools.slice(0, mostListed), turn),
      expiresAt: hoursFrom(turn.now, questionHours),
    },
  };
}

function askPacks(turn: Turn, { id, title }: JoinablePool): Outcome {
  return {
    ask: {
      subject: { kind: "pool-packs", poolId: id },
      text: said("pool_packs", { pool: shortName(title, 60) }),
      expiresAt: hoursFrom(turn.now, questionHours),
    },
  };
}

/** A number of the list of purchases, or how many packs of the one that was asked about. */
export async function answerPoolQuestion(turn: Turn): Promise<Outcome | null> {
  const subject = turn.prompt?.subject;
  if (subject?.kind !== "pools" && subject?.kind !== "pool-packs") return null;
  const { intent } = turn.heard;
  if (intent === "decline" || intent === "cancel_request")
    return { ...say("pool_left_alone"), answered: true };
  if (!["choose", "unknown", "join_pool", "request_input"].includes(intent) || !turn.person) return null;
  if (subject.kind === "pool-packs") {
    const packs = readPacks(turn.text);
    if (!packs) return { ...say("pool_packs_again"), puzzled: true };
    return { ...(await order(turn, turn.person, subject.poolId, packs)), answered: true };
  }
  const number = picked(turn.text);
  if (number === null) return null;
  const poolId = number === "several" ? undefined : subject.poolIds[number - 1];
  if (!poolId) return offTheMenu(turn, say("pools_again"));
  if (subject.packs) return { ...(await order(turn, turn.person, poolId, subject.packs)), answered: true };
  const pool = (await poolsOf(turn, turn.person)).find(({ id }) => id === poolId);
  return pool ? { ...askPacks(turn, pool), answered: true } : { ...say("pool_closed"), answered: true };
}

/** Joins, or changes what they have in it. What it costs now is said with the yes. */
async function order(turn: Turn, person: Person, poolId: string, wanted: PacksSaid): Promise<Outcome> {
  const { packs, minimum: minimumPacks, maximum: maximumPacks } = wanted;
  const before = await decideOnce(turn, "pool-order", async () => {
    const pool = (await poolsOf(turn, person)).find(({ id }) => id === poolId);
    return pool ? { orderId: pool.order && isIn(pool) ? pool.order.id : null } : null;
  });
  if (!before) return say("pool_closed");
  const wish = { packs, minimumPacks, maximumPacks };
  try {
    if (before.orderId)
      await turn.kit.call(
        changeOrder,
        { params: { orderId: before.orderId }, body: wish },
        turn.step("pool"),
      );
    else
      await turn.kit.call(
        joinPool,
        { params: { poolId }, body: { personId: person.id, ...wish } },
        turn.step("pool"),
      );
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.category === "invalid")
      return { ...say(minimumPacks === maximumPacks ? "pool_packs_again" : "pool_packs_odd"), puzzled: true };
    if (error.category === "conflict" || error.category === "not-found") return say("pool_closed");
    if (error.category === "forbidden") return say("join_pool_none");
    throw error;
  }
  // It is in, whatever has become of the purchase since.
  const now = (await knownPools(turn, person)).find(({ id }) => id === poolId);
  return now?.order ? { say: [sayOwnOrder("pool_joined", now, turn)] } : say("pool_noted", { packs });
}

async function leave(turn: Turn, pool: JoinablePool): Promise<Outcome> {
  const decided = await decideOnce(turn, "pool-leave", async () => ({ orderId: pool.order?.id ?? "" }));
  try {
    await turn.kit.call(leavePool, { params: { orderId: decided?.orderId ?? "" } }, turn.step("pool-leave"));
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
    return say("pool_closed");
  }
  return say("pool_left", { pool: shortName(pool.title, 60) });
}

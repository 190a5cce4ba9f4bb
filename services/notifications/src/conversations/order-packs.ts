import { changeOrder, joinPool, leavePool } from "@minka/contracts/pool-orders";
import type { Person } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import type { PacksSaid } from "@minka/language/read-packs";
import { phrase } from "@minka/language/texts";
import { askSure, doneAtOnce, type LeavingLine } from "./ask-sure.ts";
import { decideOnce } from "./decide-once.ts";
import { isIn, knownPools, poolsOf } from "./own-pools.ts";
import { sayOwnOrder, saySureLeave, type JoinablePool } from "./say-pool.ts";
import { shortName } from "./say-match.ts";
import { say, type Outcome, type Turn } from "./turn.ts";

/** Joins, or changes what they have in it. What it costs now is said with the yes. */
export async function orderPacks(
  turn: Turn,
  person: Person,
  poolId: string,
  wanted: PacksSaid,
): Promise<Outcome> {
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
  const done = now?.order ? { say: [sayOwnOrder("pool_joined", now, turn)] } : say("pool_noted", { packs });
  return doneAtOnce(turn, done);
}

type LeftPool = { readonly orderId: string; readonly pool: string };

export async function leave(turn: Turn, { order, title }: JoinablePool): Promise<Outcome> {
  const left = await decideOnce(turn, "pool-leave", async (): Promise<LeftPool | null> =>
    order ? { orderId: order.id, pool: shortName(title, 60) } : null,
  );
  return left ? leaveOrder(turn, left) : say("pool_closed");
}

/** A turn that was cut off once it had left finds nothing any more that it could leave. */
export async function leftBefore(turn: Turn): Promise<Outcome | null> {
  const left = await decideOnce(turn, "pool-leave", async (): Promise<LeftPool | null> => null);
  return left && leaveOrder(turn, left);
}

/** Leaves a purchase that may have closed since they were asked. */
export async function leavePoolOf(turn: Turn, person: Person, poolId: string): Promise<Outcome> {
  const pool = (await poolsOf(turn, person)).find((each) => each.id === poolId && isIn(each));
  return pool ? leave(turn, pool) : ((await leftBefore(turn)) ?? say("pool_closed"));
}

async function leaveOrder(turn: Turn, { orderId, pool }: LeftPool): Promise<Outcome> {
  try {
    await turn.kit.call(leavePool, { params: { orderId } }, turn.step("pool-leave"));
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
    return say("pool_closed");
  }
  return doneAtOnce(turn, say("pool_left", { pool }));
}

/** What they would leave: as a list of all that they are in says it, and as it is asked by itself. */
export function leavingPool(turn: Turn, pool: JoinablePool): LeavingLine & { readonly ask: () => Outcome } {
  const { id: poolId, title } = pool;
  const leaving = { what: "leave-pool", poolId } as const;
  return {
    leaving,
    line: (number) => phrase("call_off_pool", { number, pool: shortName(title, 34) }, turn.language),
    ask: () => askSure(turn, leaving, saySureLeave(pool, turn.language)),
  };
}

/** The purchases that somebody is in and may leave, for SALGO and CANCELAR that name nothing. */
export async function poolsToLeave(turn: Turn, person: Person) {
  return (await poolsOf(turn, person)).filter(isIn).map((pool) => leavingPool(turn, pool));
}

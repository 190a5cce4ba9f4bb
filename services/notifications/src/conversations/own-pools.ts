import { listJoinablePools } from "@minka/contracts/pool-orders";
import type { Person } from "@minka/contracts/profiles";
import type { InputProduct } from "@minka/domain/vocabulary";
import type { JoinablePool } from "./say-pool.ts";
import type { Turn } from "./turn.ts";

export const isIn = ({ order }: JoinablePool) => order?.state === "joined";

/** Open ones. */
export async function poolsOf(turn: Turn, person: Person, product?: InputProduct): Promise<JoinablePool[]> {
  return (await knownPools(turn, person, product)).filter(({ state }) => state === "open");
}

/** Also those of theirs whose deadline has just come. */
export async function knownPools(
  turn: Turn,
  person: Person,
  product?: InputProduct,
): Promise<JoinablePool[]> {
  const { pools } = await turn.kit.call(
    listJoinablePools,
    { params: { personId: person.id }, query: product ? { product } : {} },
    turn.step("pools"),
  );
  return pools;
}

import type { Answer } from "@minka/contracts/endpoint";
import type { readPoolOrder } from "@minka/contracts/pool-orders";
import type { Context } from "@minka/service/act";
import { whoPlaces } from "./join-pool.ts";
import { findPool } from "./lock-pool.ts";
import type { Calling } from "./open-pool.ts";
import { findOrder, readOrderView } from "./order-view.ts";

/** For whoever may change it. `no-such-order` (404), `not-yours` (403). */
export async function readOrder(
  { db, call }: Pick<Calling, "db" | "call">,
  context: Context,
  orderId: string,
): Promise<Answer<typeof readPoolOrder>> {
  const order = await findOrder(db.read, orderId);
  await whoPlaces(call, context, await findPool(db.read, order.poolId), order.personId);
  return { order: await readOrderView(db.read, order) };
}

import type { Answer } from "@minka/contracts/endpoint";
import type { listProviderPools } from "@minka/contracts/pool-quotes";

export type Invited = Answer<typeof listProviderPools>["items"][number];

/** Whether a joint purchase waits for a supplier: for its answer, or for its price. */
export const waitsForSupplier = ({ pool, quote, supply }: Invited, now: Date): boolean =>
  supply?.answerBy != null || (pool.state === "open" && quote === null && new Date(pool.deadline) > now);

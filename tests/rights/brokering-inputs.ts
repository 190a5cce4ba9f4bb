import { newId } from "@minka/database/new-id";
import { creditsWritten } from "./credit-inputs.ts";
import { lotsWritten } from "./lot-inputs.ts";
import { consent } from "./made-up.ts";
import { newPool } from "./make-pool.ts";
import { poolsWritten } from "./pool-inputs.ts";
import type { Means, Try, Written } from "./tries.ts";
import type { Rows } from "./world.ts";

/** Whether the price suits them. */
async function newQuestion(attempt: Try, means: Means): Promise<Rows> {
  const { orderId = "" } = await newPool(attempt, means, { state: "asking_members", order: "asked" });
  return { kind: "pool-price", id: orderId };
}

/** Of brokering, by operation. */
export const brokeringWritten: Readonly<Record<string, Written>> = {
  ...poolsWritten,
  ...lotsWritten,
  ...creditsWritten,
  "GET /api/brokering/confirmations/:kind/:id": async (attempt, means) => ({
    params: await newQuestion(attempt, means),
  }),
  "POST /api/brokering/confirmations/:kind/:id/answer": async (attempt, means) => ({
    params: await newQuestion(attempt, means),
    body: { personId: attempt.rows["personId"], accepted: true, at: consent.at },
  }),
  "POST /api/brokering/news": async (attempt, means) => {
    const { poolId } = await newPool(attempt, means, { state: "open" });
    return { body: { kind: "pool-opened", id: poolId, personIds: [attempt.rows["personId"]] } };
  },
  "POST /api/brokering/personal-data/export": () => ({ body: nobody() }),
  "POST /api/brokering/personal-data/erasure": () => ({
    body: { ...nobody(), askedAt: consent.at, tell: false, acquaintances: [], providerIds: [] },
  }),
};

const nobody = () => ({ personId: newId(), phones: [], sharedPhones: [], names: [], documents: [] });

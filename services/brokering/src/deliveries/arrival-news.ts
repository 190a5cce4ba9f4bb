import type { Wording } from "@minka/contracts/wordings";
import { DomainError } from "@minka/domain/errors";
import { eq } from "@minka/database/query";
import { findPool } from "../pools/lock-pool.ts";
import { packsOf } from "../pools/pool-words.ts";
import type { Asking } from "../telling/asking.ts";
import type { NewsReader } from "../telling/news.ts";
import { titleOf } from "./delivery-news.ts";
import { findDelivery, viewDeliveries } from "./delivery-view.ts";
import { poolDeliveries } from "./deliveries-tables.ts";
import { markDeliveryMissed } from "./miss-delivery.ts";
import { markDeliveryBrought } from "./set-day.ts";

/** To the organizer, once its day is over: "Did 40 come to Puerto Inca?" The id is of the delivery. */
export const deliveryAsking: Asking = {
  async readQuestion({ db }, id) {
    const [delivery] = await viewDeliveries(db.read, eq(poolDeliveries.id, id));
    const { nextAt: expiresAt } = await findDelivery(db.read, id);
    if (delivery?.state !== "planned" || expiresAt === null) return null;
    const pool = await findPool(db.read, delivery.poolId);
    const [personId] = pool.makers;
    if (personId === undefined) return null;
    return {
      text: "delivery_asked",
      parameters: {
        title: titleOf(pool.title),
        packs: packsOf(delivery.packs, pool),
        point: { as: "name", text: delivery.pointName, most: 20 },
      },
      personId,
      expiresAt,
    };
  },
  async answerQuestion(kit, { trace, claim }, { id, personId, accepted }): Promise<{ reply: Wording }> {
    const actor = { kind: "person" as const, personId, operator: false };
    const context = { actor, trace, claim };
    try {
      if (accepted) await markDeliveryBrought(kit, context, { params: { deliveryId: id } });
      else await markDeliveryMissed(kit, context, { params: { deliveryId: id } });
    } catch (error) {
      if (!(error instanceof DomainError) || !["conflict", "forbidden"].includes(error.category)) throw error;
      return { reply: { text: "pool_question_over", parameters: {} } };
    }
    return { reply: { text: accepted ? "delivery_came" : "delivery_came_not", parameters: {} } };
  },
};

/** To its members: nothing came, and it is claimed for them. */
export const deliveryMissed: NewsReader = async ({ db }, { id, personIds }) => {
  const [delivery] = await viewDeliveries(db.read, eq(poolDeliveries.id, id));
  if (!delivery) return [];
  const pool = await findPool(db.read, delivery.poolId);
  const point = { as: "name", text: delivery.pointName, most: 20 } as const;
  const parameters = { title: titleOf(pool.title), point };
  return personIds.map((personId) => ({
    text: "delivery_missed",
    parameters,
    personId,
    until: null,
    toMany: true,
  }));
};

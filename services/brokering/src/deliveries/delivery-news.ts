import type { Wording } from "@minka/contracts/wordings";
import { DomainError } from "@minka/domain/errors";
import { actOf } from "@minka/service/act";
import { and, eq, inArray, sql } from "@minka/database/query";
import { limaInstant } from "@minka/domain/lima-time";
import { nameOf, peopleOf } from "../payments/payment-parties.ts";
import { findPool } from "../pools/lock-pool.ts";
import { poolOrders } from "../pools/pool-orders-tables.ts";
import { pools } from "../pools/pools-tables.ts";
import { packsOf } from "../pools/pool-words.ts";
import type { Asking, AskingKit } from "../telling/asking.ts";
import { tellPeople } from "../telling/tell-people.ts";
import type { NewsReader } from "../telling/news.ts";
import { findReceipt, keepAnswer, keepUnclear } from "./answer-receipt.ts";
import { isOrganizersOwn, viewDeliveries } from "./delivery-view.ts";
import { poolClaims, poolCredits, poolDeliveries, poolReceipts } from "./deliveries-tables.ts";

export const titleOf = (text: string) => ({ as: "name" as const, text, most: 25 });

/** "Did your 4 come to Puerto Inca?" The id is of the receipt. */
export const receiptAsking: Asking = {
  async readQuestion({ db }, id) {
    const { receipt, order, poolId } = await findReceipt(db.read, id);
    if (receipt.state !== "asked" || !receipt.answerBy) return null;
    const pool = await findPool(db.read, poolId);
    const [delivery] = await viewDeliveries(db.read, eq(poolDeliveries.id, receipt.deliveryId));
    return {
      text: "receipt_asked",
      parameters: {
        title: titleOf(pool.title),
        packs: packsOf(receipt.packs, pool),
        point: { as: "name", text: delivery?.pointName ?? "", most: 20 },
      },
      personId: order.personId,
      expiresAt: receipt.answerBy,
    };
  },
  /** A yes is all; of a no somebody of the organizer's has to ask how many. */
  async answerQuestion(kit, context, { id, personId, accepted }): Promise<{ reply: Wording }> {
    const { receipt, order } = await findReceipt(kit.db.read, id);
    if (order.personId !== personId)
      throw new DomainError("not-found", "no-such-question", "Nobody was asked this.");
    try {
      if (accepted)
        await kit.db.transaction((tx) =>
          keepAnswer(tx, actOf(context, kit.clock()), {
            receiptId: id,
            packs: receipt.packs,
            complaints: [],
          }),
        );
      else if (await doubt(kit, context, id)) return { reply: await howMany(kit, id) };
    } catch (error) {
      if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
      return { reply: { text: "receipt_over", parameters: {} } };
    }
    return { reply: { text: accepted ? "receipt_all" : "receipt_not_all", parameters: {} } };
  },
};

/** Whether the member has to say themself how much came: who sold it is told nothing that it might write down. */
async function doubt(
  { db, clock, call }: AskingKit,
  context: Parameters<Asking["answerQuestion"]>[1],
  receiptId: string,
): Promise<boolean> {
  const { poolId, receipt } = await findReceipt(db.read, receiptId);
  const pool = await findPool(db.read, poolId);
  const { organizerKind: kind, organizerId } = pool;
  const isOwn = await isOrganizersOwn(db.read, receipt.deliveryId, pool);
  const organizers = isOwn ? [] : await peopleOf(call, { kind, id: organizerId }, { trace: context.trace });
  await db.transaction(async (tx) => {
    const act = actOf(context, clock());
    await keepUnclear(tx, act, receiptId);
    await tellPeople(tx, act, { kind: "receipt-unclear", id: receiptId }, organizers);
  });
  return isOwn;
}

async function howMany({ db }: Pick<AskingKit, "db">, receiptId: string): Promise<Wording> {
  const { title } = await findPool(db.read, (await findReceipt(db.read, receiptId)).poolId);
  return { text: "receipt_how_many", parameters: { title: titleOf(title) } };
}

/** To a member who did not get all of what the organizer sells itself: how they say how much came. */
export const receiptHowMany: NewsReader = async ({ db }, { id, personIds }) => {
  const { receipt } = await findReceipt(db.read, id);
  if (receipt.state !== "unclear") return [];
  const news = await howMany({ db }, id);
  return personIds.map((personId) => ({ ...news, personId, until: null, toMany: false }));
};

/** To members how much of theirs comes on which day where; to who brings it and who has it brought, all of it. */
export const deliveryComing: NewsReader = async ({ db }, { id, personIds }) => {
  const [delivery] = await viewDeliveries(db.read, eq(poolDeliveries.id, id));
  if (!delivery?.day || delivery.state !== "planned") return [];
  const { day, poolId, pointName, districtCode } = delivery;
  const pool = await findPool(db.read, poolId);
  const rows = await db.read
    .select({ personId: poolOrders.personId, packs: poolReceipts.packs })
    .from(poolReceipts)
    .innerJoin(poolOrders, eq(poolOrders.id, poolReceipts.orderId))
    .where(and(eq(poolReceipts.deliveryId, id), inArray(poolOrders.personId, [...personIds])));
  const own = new Map(rows.map(({ personId, packs }) => [personId, packs]));
  return personIds.map((personId) => {
    const packs = own.get(personId);
    return {
      text: packs === undefined ? "delivery_day" : "delivery_coming",
      parameters: {
        title: titleOf(pool.title),
        packs: packsOf(packs ?? delivery.packs, pool),
        day: { as: "day", day },
        point: { as: "name", text: pointName, most: 20 },
        place: { as: "place", districtCode },
      },
      personId,
      until: limaInstant(day, 24),
      toMany: packs !== undefined,
    };
  });
};

/** To the supplier: what was missing or wrong. */
export const deliveryShort: NewsReader = async ({ db }, { id, personIds }) => {
  const [delivery] = await viewDeliveries(db.read, eq(poolDeliveries.id, id));
  if (!delivery || delivery.openClaims === 0) return [];
  const [open] = await db.read
    .select({ packs: sql<number>`sum(${poolClaims.packs})::int` })
    .from(poolClaims)
    .innerJoin(poolReceipts, eq(poolReceipts.id, poolClaims.receiptId))
    .where(and(eq(poolReceipts.deliveryId, id), eq(poolClaims.state, "open")));
  const pool = await findPool(db.read, delivery.poolId);
  const news: Wording = {
    text: "delivery_short",
    parameters: {
      title: titleOf(pool.title),
      packs: packsOf(open?.packs ?? 0, pool),
      point: { as: "name", text: delivery.pointName, most: 20 },
    },
  };
  return personIds.map((personId) => ({ ...news, personId, until: null, toMany: false }));
};

/** To a member: the rest comes on a day, or is off what they pay. */
export const claimAnswered: NewsReader = async ({ db }, { id, personIds }) => {
  const [row] = await db.read
    .select({
      state: poolClaims.state,
      packs: poolClaims.packs,
      personId: poolOrders.personId,
      title: pools.title,
      packAmount: pools.packAmount,
      packUnit: pools.packUnit,
      day: poolDeliveries.day,
      creditCentimos: sql<number>`(
        select coalesce(sum(k.goods_centimos + k.delivery_centimos + k.fee_centimos), 0)::float8 from ${poolCredits} k
         where k.claim_id = ${poolClaims.id} and k.order_id = ${poolOrders.id})`,
    })
    .from(poolClaims)
    .innerJoin(poolReceipts, eq(poolReceipts.id, poolClaims.receiptId))
    .innerJoin(poolOrders, eq(poolOrders.id, poolReceipts.orderId))
    .innerJoin(pools, eq(pools.id, poolOrders.poolId))
    .leftJoin(poolDeliveries, eq(poolDeliveries.id, poolClaims.broughtBy))
    .where(eq(poolClaims.id, id));
  if (!row || !personIds.includes(row.personId)) return [];
  const { personId } = row;
  const common = { personId, until: null, toMany: false };
  const figures = { title: titleOf(row.title), packs: packsOf(row.packs, row) };
  if (row.state === "credited") {
    const amount = { as: "soles" as const, centimos: row.creditCentimos };
    return [{ ...common, text: "claim_credited", parameters: { ...figures, amount } }];
  }
  if (row.state !== "promised" || !row.day) return [];
  return [
    { ...common, text: "claim_promised", parameters: { ...figures, day: { as: "day", day: row.day } } },
  ];
};

/** To the organizer: somebody did not get all, and has to be asked how much. */
export const receiptUnclear: NewsReader = async ({ db, call }, { id, personIds, trace }) => {
  const { receipt, order, poolId } = await findReceipt(db.read, id);
  if (receipt.state !== "unclear") return [];
  const { title } = await findPool(db.read, poolId);
  const name = await nameOf(call, { kind: "person", id: order.personId }, trace);
  if (name === null) return [];
  const parameters = { title: titleOf(title), member: { as: "name", text: name, most: 30 } as const };
  const news: Wording = { text: "receipt_unclear", parameters };
  return personIds.map((personId) => ({ ...news, personId, until: null, toMany: false }));
};

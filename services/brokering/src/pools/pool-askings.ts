import type { Wording } from "@minka/contracts/wordings";
import { DomainError } from "@minka/domain/errors";
import type { Context } from "@minka/service/act";
import { timerAct } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { isChanged, type AskedKind, type Asking, type AskingKit } from "../telling/asking.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { answerBy, decisionHours } from "./answer-by.ts";
import { answerOrder } from "./answer-order.ts";
import { answerSupply } from "./answer-supply.ts";
import { approveAward, findAward } from "./approve-award.ts";
import { findPool } from "./lock-pool.ts";
import { findOrder, readOrderView } from "./order-view.ts";
import { poolApprovalAsks, poolSupplies } from "./pool-awards-tables.ts";
import { poolPoints } from "./pools-tables.ts";
import { packsOf, poolWords, soles } from "./pool-words.ts";

/** What somebody answers by SMS counts as if they had said it themself elsewhere. */
const asPerson = ({ trace, claim }: Context, personId: string): Context => ({
  actor: { kind: "person", personId, operator: false },
  trace,
  claim,
});

const over: Wording = { text: "pool_question_over", parameters: {} };
const changed: Wording = { text: "question_changed", parameters: {} };

/** A late or repeated answer, or one of somebody who may not give it any more, changes nothing. */
async function unlessOver(answer: () => Promise<Wording>): Promise<{ reply: Wording }> {
  try {
    return { reply: await answer() };
  } catch (error) {
    if (error instanceof DomainError && ["conflict", "forbidden"].includes(error.category))
      return { reply: isChanged(error) ? changed : over };
    throw error;
  }
}

async function findAsk({ db }: AskingKit, id: string) {
  const [ask] = await db.read.select().from(poolApprovalAsks).where(eq(poolApprovalAsks.id, id));
  if (!ask) throw new DomainError("not-found", "no-such-question", "Nobody is asked this.");
  return ask;
}

/** To a second person of the organizer's: is this how it is to be bought? */
const award: Asking = {
  async readQuestion(kit, id) {
    const { db } = kit;
    const { awardId, personId, askedAt } = await findAsk(kit, id);
    const found = await findAward(db.read, awardId);
    const pool = await findPool(db.read, found.poolId);
    if (pool.state !== "proposed" || pool.awardId !== awardId) return null;
    const { pool: title, organizer } = poolWords(pool);
    const supplies = await db.read
      .select({ id: poolSupplies.id })
      .from(poolSupplies)
      .where(eq(poolSupplies.awardId, awardId));
    return {
      personId,
      expiresAt: answerBy(askedAt, decisionHours),
      text: "pool_award_ask",
      parameters: {
        pool: title,
        organizer,
        people: pool.people,
        packs: packsOf(found.packs, pool),
        total: soles(found.totalCentimos),
        suppliers: supplies.length,
      },
    };
  },
  async answerQuestion(kit, context, { id, personId, accepted }) {
    const { awardId } = await findAsk(kit, id);
    const { poolId } = await findAward(kit.db.read, awardId);
    const pool = await findPool(kit.db.read, poolId);
    const words = { pool: poolWords(pool).pool };
    return unlessOver(async () => {
      if (accepted) {
        await approveAward(kit, asPerson(context, personId), awardId);
        return { text: "pool_award_yes", parameters: words };
      }
      // Only somebody who says why sends it back: who proposed it hears of the no, and may.
      if (pool.state !== "proposed" || pool.awardId !== awardId) return over;
      await kit.db.transaction((tx) =>
        tellPeople(
          tx,
          timerAct(kit.clock(), context.trace),
          { kind: "pool-not-approved", id: poolId },
          pool.makers,
        ),
      );
      return { text: "pool_award_no", parameters: words };
    });
  },
};

async function findSupplyById({ db }: AskingKit, id: string) {
  const [supply] = await db.read.select().from(poolSupplies).where(eq(poolSupplies.id, id));
  if (!supply) throw new DomainError("not-found", "no-such-question", "Nobody is asked this.");
  return supply;
}

/** To a supplier: will you bring it? */
const supply: Asking = {
  async readQuestion(kit, id) {
    const found = await findSupplyById(kit, id);
    const { awardId, state, personId, packs, goodsCentimos, deliveryCentimos } = found;
    const { poolId } = await findAward(kit.db.read, awardId);
    const pool = await findPool(kit.db.read, poolId);
    if (state !== "asked" || pool.awardId !== awardId || found.answerBy === null) return null;
    const { pool: title, organizer } = poolWords(pool);
    const deadline = { as: "deadline", at: found.answerBy.toISOString() } as const;
    const total = soles(goodsCentimos + deliveryCentimos);
    return {
      personId,
      expiresAt: found.answerBy,
      text: "pool_supply_ask",
      parameters: { pool: title, organizer, packs: packsOf(packs, pool), total, deadline },
    };
  },
  async answerQuestion(kit, context, { id, personId, accepted }) {
    const { awardId, quoteId } = await findSupplyById(kit, id);
    const { poolId } = await findAward(kit.db.read, awardId);
    const { pool } = poolWords(await findPool(kit.db.read, poolId));
    return unlessOver(async () => {
      const params = { awardId, quoteId };
      await answerSupply(kit, asPerson(context, personId), { params, body: { confirmed: accepted } });
      return { text: accepted ? "pool_supply_yes" : "pool_supply_no", parameters: { pool } };
    });
  },
};

/** To a member: does the final price suit you? */
const price: Asking = {
  async readQuestion({ db }, id) {
    const order = await findOrder(db.read, id);
    const view = await readOrderView(db.read, order);
    const pool = await findPool(db.read, order.poolId);
    if (pool.state !== "asking_members" || order.state !== "asked" || !view.award || !order.confirmBy)
      return null;
    const [point] = await db.read.select().from(poolPoints).where(eq(poolPoints.id, order.pointId));
    const { packs, totalCentimos, priceCentimos } = view.award;
    const staysIn = order.agreedPriceCentimos !== null && priceCentimos <= order.agreedPriceCentimos;
    return {
      personId: order.personId,
      version: String(totalCentimos),
      expiresAt: order.confirmBy,
      text: staysIn ? "pool_price_ask_in" : "pool_price_ask_out",
      parameters: {
        pool: poolWords(pool).pool,
        packs: packsOf(packs, pool),
        total: soles(totalCentimos),
        price: soles(priceCentimos),
        place: { as: "name", text: point?.name ?? "", most: 30 },
        deadline: { as: "deadline", at: order.confirmBy.toISOString() },
      },
    };
  },
  async answerQuestion(kit, context, { id, personId, accepted, version }) {
    const { poolId } = await findOrder(kit.db.read, id);
    const body = { accepted, totalCentimos: version === undefined ? undefined : Number(version) };
    const { pool } = poolWords(await findPool(kit.db.read, poolId));
    return unlessOver(async () => {
      await answerOrder(kit, asPerson(context, personId), { params: { orderId: id }, body });
      return { text: accepted ? "pool_price_yes" : "pool_price_no", parameters: { pool } };
    });
  },
};

/** What people are asked about joint purchases. */
export const poolAskings = {
  "pool-award": award,
  "pool-supply": supply,
  "pool-price": price,
} satisfies Partial<Record<AskedKind, Asking>>;

import { joinPool } from "@minka/contracts/pool-orders";
import { randomUUID } from "node:crypto";
import { startBrokering, type BrokeringRun } from "./brokering-run.ts";
import { tocache } from "./fake-world.ts";

export const uchiza = "221005";
const dayMs = 24 * 60 * 60 * 1000;

type Tier = { minimumPacks: number; priceCentimos: number };

/** Joint purchases as tests begin them: a cooperative, a pool of urea, suppliers that were invited. */
export async function startPools() {
  const run = await startBrokering();
  return { ...run, ...poolSteps(run) };
}
export type PoolsRun = Awaited<ReturnType<typeof startPools>>;

function poolSteps(run: BrokeringRun) {
  const { world, signIn, clock } = run;
  const steps = {
    ureaPool(organizationId: string, over: object = {}) {
      return {
        organizer: { kind: "organization", id: organizationId },
        title: "Urea 46%, saco de 50 kg",
        product: "urea",
        pack: { amount: 50, unit: "kg" },
        districts: [tocache, uchiza],
        points: [
          { name: "Almacén de Tocache", districtCode: tocache },
          { name: "Puerto de Uchiza", districtCode: uchiza },
        ],
        deadline: new Date(clock().getTime() + 10 * dayMs).toISOString(),
        minimumPacks: 50,
        ...over,
      };
    },
    async open(organization: { id: string; broker: string }, over: object = {}) {
      const opened = await signIn(organization.broker)(
        "POST",
        "/api/brokering/pools",
        steps.ureaPool(organization.id, over),
      );
      if (opened.status !== 201) throw new Error(JSON.stringify(opened.body));
      const poolId: string = opened.body.poolId;
      await run.settle();
      const read = await steps.read(organization.broker, poolId);
      return { poolId, points: read.points as { id: string; name: string }[] };
    },
    async read(personId: string, poolId: string) {
      const { body } = await signIn(personId)("GET", `/api/brokering/pools/${poolId}`);
      return body.pool;
    },
    /** By SMS, as the service passes it on. */
    async join(poolId: string, personId: string, packs: number, over: object = {}) {
      const body = { personId, packs, ...over };
      return (
        await run.call(joinPool, { params: { poolId }, body }, { ...run.trace, idempotencyKey: randomUUID() })
      ).order;
    },
    /** A supplier that sells urea by these tiers. */
    supplier(name: string, tiers: Tier[], stockPacks?: number) {
      const made = world.provider(["supplier"], name);
      const pack = { amount: 50, unit: "kg" } as const;
      world.sell(made.id, {
        product: "urea",
        pack,
        tiers,
        ...(stockPacks === undefined ? {} : { stockPacks }),
      });
      return made;
    },
    quoteOf(pool: { points: { id: string }[] }, providerId: string, tiers: Tier[], over: object = {}) {
      return {
        providerId,
        tiers,
        deliveryCentimos: Object.fromEntries(pool.points.map(({ id }) => [id, 5_000])),
        validUntil: new Date(clock().getTime() + 30 * dayMs).toISOString(),
        ...over,
      };
    },
    quote(poolId: string, owner: string, body: object) {
      return signIn(owner)("POST", `/api/brokering/pools/${poolId}/quotes`, body);
    },
    /** To the deadline, and what follows from it. */
    async close(poolId: string, broker: string) {
      clock.set(new Date((await steps.read(broker, poolId)).deadline));
      await run.settle();
      return steps.read(broker, poolId);
    },
    /** A pool of so many orders whose deadline is over, with the quotes of these suppliers, who deliver free. */
    async closed(packs: readonly number[], prices: readonly Tier[][], over: object = {}) {
      const cooperative = world.cooperative(packs.length);
      const suppliers = prices.map((tiers, index) =>
        steps.supplier(`Agro ${index} ${world.people.size}`, tiers),
      );
      const settings = { joiners: "members", minimumPacks: 10, sealed: false, ...over };
      const pool = await steps.open(cooperative, settings);
      const deliveryCentimos = Object.fromEntries(pool.points.map((point) => [point.id, 0]));
      const quotes: string[] = [];
      for (const [index, { id, owner }] of suppliers.entries()) {
        const body = steps.quoteOf(pool, id, prices[index] ?? [], { deliveryCentimos });
        const made = await steps.quote(pool.poolId, owner, body);
        if (made.status !== 201) throw new Error(JSON.stringify(made.body));
        quotes.push(made.body.quote.id);
      }
      const orders: string[] = [];
      for (const [index, count] of packs.entries())
        orders.push((await steps.join(pool.poolId, cooperative.members[index] ?? "", count)).id);
      const read = await steps.close(pool.poolId, cooperative.broker);
      return { ...pool, ...cooperative, suppliers, quotes, orders, read };
    },
    approve(personId: string, awardId: string) {
      return signIn(personId)("POST", `/api/brokering/pool-awards/${awardId}/approval`, {});
    },
    async award(broker: string, awardId: string) {
      const { body } = await signIn(broker)("GET", `/api/brokering/pool-awards/${awardId}`);
      return body.award;
    },
    answerSupply(owner: string, awardId: string, quoteId: string, body: object = { confirmed: true }) {
      return signIn(owner)("POST", `/api/brokering/pool-awards/${awardId}/supplies/${quoteId}/answer`, body);
    },
    sendBack(personId: string, awardId: string, next: object) {
      const body = { reason: "Con ese no", next };
      return signIn(personId)("POST", `/api/brokering/pool-awards/${awardId}/sending-back`, body);
    },
    answerPrice(personId: string, orderId: string, accepted: boolean) {
      return signIn(personId)("POST", `/api/brokering/pool-orders/${orderId}/answer`, { accepted });
    },
  };
  return steps;
}

export const flat = (priceCentimos: number, minimumPacks = 1): Tier[] => [{ minimumPacks, priceCentimos }];

export const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

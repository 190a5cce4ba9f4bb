import { brokeringConfirmations } from "@minka/contracts/confirmations";
import { startBrokering, type BrokeringRun } from "./brokering-run.ts";
import type { orderedPool } from "./ordered-pool.ts";

type Pool = Awaited<ReturnType<typeof orderedPool>>;

/** What is brought of joint purchases, as its people read it. */
export async function startDeliveries() {
  const run = await startBrokering();
  return { ...run, ...deliverySteps(run) };
}
export type DeliveriesRun = Awaited<ReturnType<typeof startDeliveries>>;

function deliverySteps(run: BrokeringRun) {
  return {
    day: (days: number) => new Date(run.clock().getTime() + days * 86_400_000).toISOString().slice(0, 10),
    async deliveriesOf({ poolId, cooperative }: Pool) {
      const { body } = await run.signIn(cooperative.broker)(
        "GET",
        `/api/brokering/pools/${poolId}/deliveries`,
      );
      return body.deliveries;
    },
    async receiptOf(orderId: string, personId: string, part = 1) {
      const { body } = await run.signIn(personId)("GET", `/api/brokering/pool-orders/${orderId}/receipts`);
      return body.receipts.find((each: { delivery: { part: number } }) => each.delivery.part === part);
    },
    /** What somebody is told who answers a question by SMS. */
    async reply(kind: "pool-delivery" | "pool-receipt", personId: string, id: string, accepted: boolean) {
      const body = { personId, accepted, at: run.clock().toISOString() };
      return (await run.call(brokeringConfirmations.answer, { params: { kind, id }, body }, run.trace)).reply
        .text;
    },
    /** What an operator was told of a delivery. */
    async unattended(id: string) {
      const told = await run.told(id);
      return told.flatMap(({ event, payload }) => (event === "delivery.unattended" ? [payload] : []));
    },
    async report({ poolId, cooperative }: Pool) {
      return (await run.signIn(cooperative.broker)("GET", `/api/brokering/pools/${poolId}/report`)).body
        .report;
    },
  };
}

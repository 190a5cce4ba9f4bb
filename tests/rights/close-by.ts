import { newId } from "@minka/database/new-id";
import { expect } from "vitest";
import type { Who } from "./callers.ts";
import { insertRows, Json } from "./insert-rows.ts";
import { newCredit } from "./make-credit.ts";
import { newLot } from "./make-lot.ts";
import { newPayment, newPool } from "./make-pool.ts";
import type { Means, Try } from "./tries.ts";
import type { PersonRole } from "./world.ts";

const ownOf = ({ world: { home } }: Means, role: Exclude<PersonRole, "ward">): Try => ({
  role,
  own: true,
  rows: { ...home.rows, ...home.of[role] },
});

/** What somebody is answered: the status, and of a refusal its code. */
async function told({ send }: Means, who: Who, call: string, body?: object): Promise<string> {
  const [method = "", url = ""] = call.split(" ");
  const answer = await send(who, { method, url: `/api/brokering/${url}`, body });
  const { code = "" } = (answer.body ?? {}) as { code?: string };
  return `${answer.status} ${code}`.trim();
}

/** Between people who belong to the same: the table of rights tells of strangers alone. */
export const closeBy: readonly (readonly [guarantee: string, check: (means: Means) => Promise<void>])[] = [
  [
    "a member sees and changes nothing of another member's order, pledge, statement, payment or credit",
    async (means) => {
      const { producer, ward, broker } = means.world.home.people;
      const attempt = ownOf(means, "producer");
      const open = await newPool(attempt, means, { state: "open" });
      const ordered = await newPool(attempt, means, { state: "ordered", order: "final" });
      const { paymentId } = await newPayment(attempt, means, {
        subjectId: ordered["orderId"] ?? "",
        to: "organizer",
      });
      const pledged = await newLot(attempt, means, { state: "open" });
      const settled = await newLot(attempt, means, {
        state: "settled",
        composition: "approved",
        contract: "signed",
        delivered: "confirmed",
        settlement: "approved",
      });
      const { creditId } = await newCredit(attempt, means, { state: "submitted" });
      const amount = { amount: { amount: 1, unit: "kg" } };
      const answers = await Promise.all([
        told(means, ward, `GET pool-orders/${open["orderId"]}`),
        told(means, ward, `PUT pool-orders/${open["orderId"]}`, { packs: 1 }),
        told(means, ward, `POST pool-orders/${open["orderId"]}/leaving`),
        told(means, ward, `GET pools/${open["poolId"]}/orders`),
        told(means, ward, `GET pool-orders/${ordered["orderId"]}/receipts`),
        told(means, ward, `GET payment-accounts/pool-order/${ordered["orderId"]}`),
        told(means, ward, `GET payments/${paymentId}`),
        told(means, ward, `GET payments?personId=${producer.id}`),
        told(means, ward, `GET people/${producer.id}/pool-orders`),
        told(means, ward, `GET pledges/${pledged["pledgeId"]}`),
        told(means, ward, `POST pledges/${pledged["pledgeId"]}/change`, amount),
        told(means, ward, `GET people/${producer.id}/pledges`),
        told(means, ward, `GET lots/${settled["lotId"]}/settlement`),
        told(means, ward, `GET lots/${settled["lotId"]}/statements/${producer.id}`),
        told(means, ward, `GET credits/${creditId}`),
        // Nor does their organization, which was not asked to vouch.
        told(means, broker, `GET credits/${creditId}`),
        told(means, broker, `GET credits?personId=${producer.id}`),
        told(means, broker, `GET payment-accounts/credit-instalment/${creditId}`),
      ]);
      expect(answers.filter((answer) => !/^40[34]/.test(answer))).toEqual([]);
    },
  ],
  [
    "a sealed quote is its supplier's alone, until the deadline",
    async (means) => {
      const { owner, broker, agent } = means.world.home.people;
      const attempt = ownOf(means, "owner");
      const { poolId } = await newPool(attempt, means, { state: "open", sealed: true, ofOrganization: true });
      const quotes = `GET pools/${poolId}/quotes`;
      const its = `${quotes}?providerId=${attempt.rows["providerId"]}`;
      expect(await told(means, owner, its)).toBe("200");
      expect(await told(means, broker, quotes)).toBe("403 quotes-sealed");
      expect(await told(means, broker, its)).toBe("403 not-your-provider");
      expect(await told(means, agent, its)).toBe("403 not-your-provider");
      expect(await told(means, means.world.checker, its)).toBe("403 quotes-sealed");
    },
  ],
  [
    "who acts for a member and works for who pays does not say that the member got it",
    async (means) => {
      const { producer, broker, agent } = means.world.home.people;
      const attempt = ownOf(means, "producer");
      const { orderId = "" } = await newPool(attempt, means, { state: "ordered", order: "final" });
      const { paymentId } = await newPayment(attempt, means, { subjectId: orderId, to: "person" });
      const call = `POST payments/${paymentId}/answer`;
      const through = (personId: string) => ({ id: producer.id, through: { personId } });
      expect(await told(means, through(broker.id), call, { received: true })).toBe("403 own-payment");
      expect(await told(means, through(agent.id), call, { received: true })).toBe("200");
    },
  ],
  [
    "who acts for a member and arranged the purchase does not say that all came",
    async (means) => {
      const { producer, broker, agent } = means.world.home.people;
      const brought = { state: "ordered", order: "final", claimed: true } as const;
      const { receiptId } = await newPool(ownOf(means, "producer"), means, brought);
      const call = `POST pool-receipts/${receiptId}/answer`;
      const through = (personId: string) => ({ id: producer.id, through: { personId } });
      expect(await told(means, through(broker.id), call, { packs: 2 })).toBe("403 not-yours");
      expect(await told(means, through(agent.id), call, { packs: 2 })).toBe("200");
    },
  ],
  [
    "who acts for somebody does not see that they borrow",
    async (means) => {
      const { producer, agent } = means.world.home.people;
      const attempt = ownOf(means, "producer");
      const { creditId } = await newCredit(attempt, means, { state: "disbursed" });
      const at = means.platform.clock();
      const id = newId();
      await insertRows(means, [
        [
          "payments",
          {
            id,
            subjectKind: "credit-disbursement",
            subjectId: creditId,
            payerKind: "provider",
            payerId: attempt.rows["providerId"],
            receiverKind: "person",
            receiverId: producer.id,
            amountCentimos: 10_00,
            back: false,
            deposit: false,
            method: "cash",
            paidOn: "2026-11-24",
            state: "recorded",
            recordedAs: "payer",
            recordedBy: [newId()],
            recordedAt: at,
            flags: new Json([]),
            trace: "rights-test",
          },
        ],
      ]);
      const acting = { id: producer.id, through: { personId: agent.id } };
      const listed = async (who: Who) => {
        const url = `/api/brokering/payments?personId=${producer.id}`;
        return (await means.done<{ items: { id: string }[] }>(who, "GET", url)).items.map((item) => item.id);
      };
      expect(await listed(producer)).toContain(id);
      expect(await listed(acting)).not.toContain(id);
      expect(await told(means, acting, `GET payments/${id}`)).toBe("403 not-while-acting");
      expect(await told(means, acting, `POST payments/${id}/answer`, { received: true })).toBe(
        "403 not-while-acting",
      );
    },
  ],
  [
    "nobody signs a contract for both sides, nor accepts what they proposed themself",
    async (means) => {
      const operator: Who = means.world.checker;
      const attempt = ownOf(means, "owner");
      const agreed = { state: "collecting", contract: "agreed", ofOrganization: true } as const;
      const { contractId } = await newLot(attempt, means, agreed);
      const signs = (as: string) =>
        told(means, operator, `POST lot-contracts/${contractId}/signature`, { as, sign: true });
      expect(await signs("buyer")).toBe("200");
      expect(await signs("organizer")).toBe("403 own-proposal");
      const { lotId, buyerId } = await newLot(attempt, means, { ...agreed, contract: "negotiating" });
      const { quoteId } = await means.done<{ quoteId: string }>(
        operator,
        "POST",
        `/api/brokering/lots/${lotId}/quotes`,
        {
          as: "organizer",
          buyerId,
          terms: {
            minimumKg: 1,
            maximumKg: 10,
            centimosPerKg: 1,
            delivery: { districtCode: "221001", place: "Almacén", from: "2026-12-01", until: "2026-12-31" },
            paymentDays: 1,
          },
          validUntil: new Date(means.platform.clock().getTime() + 100 * 60 * 60 * 1000).toISOString(),
        },
      );
      const accepts = `POST lot-quotes/${quoteId}/answer`;
      expect(await told(means, operator, accepts, { accept: true })).toBe("403 own-proposal");
    },
  ],
  [
    "who works for a lender decides on no credit of their own",
    async (means) => {
      const { staff, owner } = means.world.home.people;
      const { creditId } = await newCredit(ownOf(means, "staff"), means, { state: "submitted" });
      for (const step of ["review", "approval"])
        expect(await told(means, staff, `POST credits/${creditId}/${step}`, {})).toBe("403 own-credit");
      expect(await told(means, owner, `POST credits/${creditId}/approval`, {})).toBe("200");
    },
  ],
  [
    "a buyer does not learn to which lots somebody pledged",
    async (means) => {
      const { producer, owner } = means.world.home.people;
      const attempt = ownOf(means, "owner");
      const lots = `GET lots?buyerId=${attempt.rows["providerId"]}`;
      expect(await told(means, owner, lots)).toBe("200");
      expect(await told(means, owner, `${lots}&personId=${producer.id}`)).toBe("403 not-yours");
    },
  ],
];

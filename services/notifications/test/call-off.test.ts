import { randomUUID } from "node:crypto";
import { listCredits } from "@minka/contracts/credits";
import { listOwnPledges } from "@minka/contracts/lot-pledges";
import { listLots } from "@minka/contracts/lots";
import { openMatters } from "@minka/contracts/matching";
import { listJoinablePools } from "@minka/contracts/pool-orders";
import { listSharers } from "@minka/contracts/shared-phones";
import { expect, test } from "vitest";
import { answerCallOff } from "../src/conversations/call-off.ts";
import type { Turn } from "../src/conversations/turn.ts";

const credit = (state: string) => ({
  id: randomUUID(),
  state,
  amountCentimos: 200_000,
  chosen: { lenderName: "Caja Huallaga" },
});
const pool = {
  id: randomUUID(),
  state: "open",
  title: "Urea 46%",
  pack: { amount: 50, unit: "kg" },
  order: { id: randomUUID(), state: "joined", packs: 5, minimumPacks: 5, maximumPacks: 5 },
};

type In = { credits?: unknown[]; pools?: unknown[]; requests?: unknown[]; providing?: unknown[] };

/** What somebody reads who writes this and is in these things; nothing is ever commanded. */
function write(text: string, { credits = [], pools = [], requests = [], providing = [] }: In) {
  const turn = {
    kit: {
      db: { read: { select: () => ({ from: () => ({ where: async () => [] }) }) } },
      call: async (endpoint: unknown) => {
        if (endpoint === listCredits) return { items: credits };
        if (endpoint === listJoinablePools) return { pools };
        if (endpoint === listLots || endpoint === listOwnPledges) return { items: [] };
        if (endpoint === openMatters) return { requests, providing, ended: [] };
        if (endpoint === listSharers) return { people: [] };
        throw new Error("nothing is commanded");
      },
    },
    text,
    now: new Date("2026-11-24T14:00:00Z"),
    messageId: "m",
    language: "es",
    person: { id: randomUUID(), consented: true },
    heard: { intent: "cancel_request", slots: {} },
    step: () => ({}),
  };
  return answerCallOff(turn as unknown as Turn);
}

const approved = credit("approved");
const asksOf = {
  ask: { subject: { kind: "sure", act: { what: "credit-withdraw", creditId: approved.id } } },
};

test("an approved credit is called off only after SI, where nothing else can be meant or it is named", async () => {
  expect(await write("cancelar", { credits: [approved] })).toMatchObject(asksOf);
  expect(await write("cancelar el credito", { credits: [approved], pools: [pool] })).toMatchObject(asksOf);
  expect(await write("ya no quiero el tecnico", { credits: [approved] })).toBeNull();
});

test.each([
  ["a visit that is promised", { providing: [{ state: "agreed", visitOn: "2026-11-26" }] }],
  ["a request that waits", { requests: [{ state: "asking", need: { kind: "input" } }] }],
])("CANCELAR means %s before any credit or purchase", async (_, open) => {
  expect(await write("cancelar", { ...open, credits: [approved], pools: [pool] })).toBeNull();
});

test("of several things it is asked which, and of a purchase whether", async () => {
  const both = await write("cancelar", { credits: [approved], pools: [pool] });
  expect(both?.ask?.subject).toMatchObject({
    kind: "call-off",
    leavings: [{ what: "leave-pool", poolId: pool.id }, { what: "credit-withdraw" }],
  });
  const one = await write("cancelar", { credits: [credit("settled")], pools: [pool] });
  expect(one?.ask?.subject).toMatchObject({ kind: "sure", act: { what: "leave-pool" } });
});

import { randomUUID } from "node:crypto";
import { listOwnPledges, withdrawPledge } from "@minka/contracts/lot-pledges";
import { listLots } from "@minka/contracts/lots";
import { expect, test } from "vitest";
import { answerLot } from "../src/conversations/answer-lot.ts";
import type { Turn } from "../src/conversations/turn.ts";

const now = new Date("2026-11-24T14:00:00Z");
const lotOf = (crop: string, title: string) => ({
  id: randomUUID(),
  crop,
  cropState: "dry",
  title,
  organizer: { name: "Cooperativa" },
  pledgeUntil: "2026-12-01T14:00:00Z",
  collectFrom: "2026-12-02",
});

/** What somebody writes who is in one of these lots with their coffee, or was before a crash: then it was decided. */
function write(text: string, crop: string | undefined, decided?: { pledgeId: string; lot: string }) {
  const coffee = lotOf("coffee", "Café de altura");
  const items = [coffee, lotOf("cacao", "Cacao fino"), lotOf("cacao", "Cacao común")];
  const pledge = { id: randomUUID(), lotId: coffee.id, carriedFrom: null, grams: 1, takenGrams: null };
  const kept = { from: () => ({ where: async () => (decided ? [{ answer: decided }] : []) }) };
  const turn = {
    kit: {
      db: { read: { select: () => kept } },
      call: async (endpoint: unknown) => {
        if (endpoint === listLots) return { items };
        if (endpoint === listOwnPledges) return { items: decided ? [] : [pledge] };
        if (endpoint === withdrawPledge && decided) return {};
        throw new Error("nothing is commanded");
      },
    },
    text,
    now,
    messageId: "m",
    language: "es",
    person: { id: randomUUID(), consented: true },
    heard: { intent: "unknown", slots: { crop } },
    step: () => ({}),
  };
  return answerLot(turn as unknown as Turn);
}

test("who takes back their cacao keeps their coffee in its lot", async () => {
  expect(await write("retiro mi cacao del lote", "cacao")).toMatchObject({ say: [{ key: "lot_none" }] });
});

test("a message that a crash cut off is answered as if nothing had been, and names the lot", async () => {
  const decided = { pledgeId: randomUUID(), lot: "Café de altura" };
  expect(await write("SALGO DEL LOTE", undefined, decided)).toMatchObject({
    say: [{ key: "lot_withdrawn", parameters: { lot: "Café de altura" } }],
  });
});

test("who is in a lot of coffee is asked in which of several their cacao goes", async () => {
  const answer = await write("pongo 300 kilos de cacao al lote", "cacao");
  expect(answer?.ask?.subject).toMatchObject({ kind: "lots", said: { amount: 300, unit: "kg" } });
});

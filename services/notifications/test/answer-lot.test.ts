import { randomUUID } from "node:crypto";
import { readBrokeringNews } from "@minka/contracts/brokering-news";
import { readStatement } from "@minka/contracts/lot-settlements";
import { listSharers } from "@minka/contracts/shared-phones";
import { listOwnPledges, withdrawPledge } from "@minka/contracts/lot-pledges";
import { listLots, readLot } from "@minka/contracts/lots";
import { expect, test } from "vitest";
import { answerLot, describeLots } from "../src/conversations/answer-lot.ts";
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
function write(
  text: string,
  crop: string | undefined,
  decided?: { pledgeId: string; lot: string },
  held?: ReturnType<typeof lotOf> & { freeSince: string | null },
) {
  const coffee = lotOf("coffee", "Café de altura");
  const items = [coffee, lotOf("cacao", "Cacao fino"), lotOf("cacao", "Cacao común")];
  const pledge = {
    id: randomUUID(),
    lotId: (held ?? coffee).id,
    carriedFrom: null,
    grams: 1,
    takenGrams: null,
  };
  const kept = { from: () => ({ where: async () => (decided ? [{ answer: decided }] : []) }) };
  const keep = () => ({ values: () => ({ onConflictDoNothing: async () => {} }) });
  const turn = {
    kit: {
      db: { read: { select: () => kept, insert: keep } },
      call: async (endpoint: unknown) => {
        if (endpoint === listLots) return { items };
        if (endpoint === listOwnPledges) return { items: decided ? [] : [pledge] };
        if (endpoint === readLot && held) return { lot: held };
        if (endpoint === withdrawPledge && (decided || held)) return {};
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

test("who takes home what nobody has composed leaves a lot that is collected no more", async () => {
  const held = {
    ...lotOf("cacao", "Cacao de octubre"),
    state: "collecting",
    freeSince: "2026-11-20T13:00:00Z",
  };
  expect(await write("SALGO DEL LOTE", undefined, undefined, held)).toMatchObject({
    say: [{ key: "lot_withdrawn", parameters: { lot: "Cacao de octubre" } }],
  });
  expect(await write("SALGO DEL LOTE", undefined, undefined, { ...held, freeSince: null })).toMatchObject({
    say: [{ key: "lot_none" }],
  });
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

test.each([
  ["with a word of their own", "2026-11-20T14:00:00Z", true, ["statement_ready"]],
  ["without one, while others read along", "2026-11-20T14:00:00Z", false, []],
  ["long after", "2026-09-20T14:00:00Z", true, []],
])(
  "ESTADO says what their last lot brought to who writes at a shared phone %s",
  async (_who, settledAt, hasWord, keys) => {
    const personId = randomUUID();
    const pledge = { id: randomUUID(), lotId: randomUUID(), carriedFrom: null, grams: 1, takenGrams: 1 };
    const answers = new Map<unknown, unknown>([
      [listOwnPledges, { items: [pledge] }],
      [readStatement, { statement: { settledAt } }],
      [
        listSharers,
        {
          people: [
            { personId, hasWord },
            { personId: randomUUID(), hasWord: true },
          ],
        },
      ],
      [readBrokeringNews, { news: [{ personId, text: "statement_ready", parameters: {} }] }],
    ]);
    const turn = {
      kit: { call: async (endpoint: unknown) => answers.get(endpoint) },
      now,
      phone: "+51911111111",
      person: { id: personId, consented: true },
      step: () => ({}),
    };
    const said = (await describeLots(turn as unknown as Turn))?.say ?? [];
    expect(said).toMatchObject(keys.map((key) => ({ key })));
  },
);

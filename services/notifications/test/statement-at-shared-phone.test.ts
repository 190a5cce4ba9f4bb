import { brokeringTold, readBrokeringNews } from "@minka/contracts/brokering-news";
import { contactCards } from "@minka/contracts/profiles";
import { listSharers } from "@minka/contracts/shared-phones";
import { connectDatabase, type Database } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { newId } from "@minka/database/new-id";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { defineService } from "@minka/service/define-service";
import { runForTest, type TestRun } from "@minka/test-kit/run-for-test";
import { desc, isNotNull } from "@minka/database/query";
import { afterAll, beforeAll, expect, test } from "vitest";
import { notifications } from "../src/service.ts";
import { heldMessages } from "../src/speakers/held-messages-tables.ts";

const phone = "+51911111111";
const [rosa, juan] = [newId(), newId()];
/** Who of them has a word of their own. */
const words = new Set<string>();

const profiles = defineService({
  name: "profiles",
  migrations: null,
  start: () => ({
    routes(app) {
      mountEndpoint(app, contactCards, async ({ body }) => ({
        contacts: body.personIds.map((personId) => ({
          personId,
          name: "Rosa",
          phone,
          shared: true,
          withdrawn: false,
          districtCode: null,
          language: null,
        })),
      }));
      mountEndpoint(app, listSharers, async () => ({
        people: [rosa, juan].map((personId) => ({
          personId,
          name: "Alguien",
          language: null,
          consented: true,
          hasWord: words.has(personId),
        })),
      }));
    },
  }),
});

let brokeringDb: Database;
const brokering = defineService({
  name: "brokering",
  migrations: null,
  start({ db }) {
    brokeringDb = db;
    return {
      routes(app) {
        mountEndpoint(app, readBrokeringNews, async ({ body: { personIds } }) => ({
          news: personIds.map((personId) => ({
            personId,
            text: "statement_ready",
            parameters: { lot: "Cacao", kg: "100", gross: "S/ 1,000", deducted: "S/ 300", net: "S/ 700" },
            until: null,
            toMany: false,
          })),
        }));
      },
    };
  },
});

let run: TestRun;
beforeAll(async () => {
  run = await runForTest([notifications, profiles, brokering], { environment: { SIMULATOR_PUBLIC: "true" } });
});
afterAll(() => run.stop());

/** What waits for Rosa at the phone once a lot is settled. */
async function settled(): Promise<string | null | undefined> {
  const about = { kind: "statement-ready" as const, id: newId(), personIds: [rosa] };
  await brokeringDb.transaction((tx) =>
    emit(tx, brokeringTold, about, { at: run.clock(), trace: "test-trace" }),
  );
  await run.settle();
  const db = connectDatabase({ url: run.database.ownerUrl, name: "test", maxConnections: 1 });
  const held = await db.read
    .select()
    .from(heldMessages)
    .where(isNotNull(heldMessages.text))
    .orderBy(desc(heldMessages.id));
  await db.close();
  return held[0]?.text;
}

test("what a lot brought is read by its own person alone, whether or not a loan was taken off", async () => {
  expect(await settled()).toMatch(/^En este n[uú]mero escriben varias personas/);
  words.add(rosa);
  expect(await settled()).toMatch(/^Cacao: sus 100 kg .* Descuentos: S\/ 300/);
});

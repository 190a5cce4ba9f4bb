import { generateKeyPairSync } from "node:crypto";
import { signPersonToken } from "@minka/auth/authentication";
import { answeredElsewhere } from "@minka/contracts/answered-elsewhere";
import { brokeringTold, readBrokeringNews } from "@minka/contracts/brokering-news";
import { brokeringConfirmations } from "@minka/contracts/confirmations";
import { creditEvents } from "@minka/contracts/credit-events";
import { endorsementEvents } from "@minka/contracts/endorsements";
import { lotEvents } from "@minka/contracts/lots";
import type { EventDefinition } from "@minka/contracts/event";
import { paymentEvents } from "@minka/contracts/payments";
import { poolDeliveryEvents } from "@minka/contracts/pool-deliveries";
import { connectDatabase } from "@minka/database/connect";
import { deliveries } from "@minka/database/deliveries";
import { DomainError } from "@minka/domain/errors";
import { defineService, on } from "@minka/service/define-service";
import { runForTest } from "@minka/test-kit/run-for-test";
import { asc, sql } from "@minka/database/query";
import { brokering } from "../src/service.ts";
import type { AskedKind } from "../src/telling/asking.ts";
import { createFakeWorld } from "./fake-world.ts";

/** What brokering tells notifications: each noun's events. */
const brokeringEvents: readonly EventDefinition[] = [
  answeredElsewhere.brokering,
  ...creditEvents,
  ...endorsementEvents,
  ...lotEvents,
  ...paymentEvents,
  ...poolDeliveryEvents,
];

/** Brokering alone, with neighbours whose people, organizations and providers the test makes. */
export async function startBrokering(options: Parameters<typeof runForTest>[1] = {}) {
  const keys = generateKeyPairSync("ed25519", {
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const { world, withdrawConsent, profiles, catalog, matching } = createFakeWorld(keys.publicKey);
  /** Texts that people were sent, the oldest first; a question with its kind and id. */
  const said: { personId: string; text: string; kind?: AskedKind; id?: string }[] = [];
  // Somebody has to take the news, or the nudges that announce it would wait in the queue for ever.
  const notifications = defineService({
    name: "notifications",
    migrations: null,
    start: ({ call }) => ({
      routes: () => {},
      handlers: [
        ...brokeringEvents.map((event) => on(event, ({ once }) => once(async () => {}))),
        on(brokeringTold, async ({ payload, trace, once }) => {
          const { news } = await call(readBrokeringNews, { body: payload }, { trace });
          await once(async () => void said.push(...news.map(({ personId, text }) => ({ personId, text }))));
        }),
        on(brokeringConfirmations.asked, async ({ payload: params, trace, once }) => {
          const { question } = await call(brokeringConfirmations.read, { params }, { trace });
          await once(async () => {
            if (question) said.push({ ...params, personId: question.personId, text: question.text });
          });
        }),
      ],
    }),
  });
  const run = await runForTest([brokering, profiles, catalog, matching, notifications], options);
  const owner = connectDatabase({ url: run.database.ownerUrl, name: "test-owner", maxConnections: 2 });
  return {
    ...run,
    world,
    withdrawConsent,
    owner,
    said,
    /** Called as notifications does, which passes on what people wrote. */
    call: run.callAs("notifications"),
    trace: { trace: "test-trace" },
    /** What was told to other services, oldest first: of one thing where its id is given. */
    async told(id?: string): Promise<{ event: string; payload: Record<string, unknown> }[]> {
      const rows = await owner.read
        .select({ event: deliveries.event, payload: deliveries.payload })
        .from(deliveries)
        .where(id === undefined ? undefined : sql`${deliveries.payload}::text like ${`%${id}%`}`)
        .orderBy(asc(deliveries.id));
      return rows.map(({ event, payload }) => ({ event, payload: Object(payload) }));
    },
    signIn(personId: string, operator = false, through?: { personId: string; organizationId?: string }) {
      const person = { id: personId, operator, ...(through ? { through } : {}) };
      const token = signPersonToken(run.app, keys.privateKey, person);
      return async (method: "GET" | "POST" | "PUT" | "DELETE", url: string, body?: object) => {
        const response = await run.app.inject({
          method,
          url,
          headers: { authorization: `Bearer ${token}` },
          ...(body ? { payload: body } : {}),
        });
        // A map's degrees are read as they were written.
        const json = /application\/(problem\+)?json/.test(String(response.headers["content-type"]));
        return { status: response.statusCode, body: json ? response.json() : response.body };
      };
    },
    async stop() {
      await owner.close();
      await run.stop();
    },
  };
}
export type BrokeringRun = Awaited<ReturnType<typeof startBrokering>>;

/** The code with which a call is refused. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return "was not refused";
}

import { generateKeyPairSync } from "node:crypto";
import { signPersonToken } from "@minka/auth/authentication";
import type { EventDefinition } from "@minka/contracts/event";
import { connectDatabase } from "@minka/database/connect";
import { deliveries } from "@minka/database/deliveries";
import { DomainError } from "@minka/domain/errors";
import { defineService, on } from "@minka/service/define-service";
import { runForTest } from "@minka/test-kit/run-for-test";
import { asc, sql } from "drizzle-orm";
import { brokering } from "../src/service.ts";
import { createFakeWorld } from "./fake-world.ts";

/** What brokering tells notifications: each noun's events. */
const brokeringEvents: readonly EventDefinition[] = [];

/** Brokering alone, with neighbours whose people, organizations and providers the test makes. */
export async function startBrokering(options: Parameters<typeof runForTest>[1] = {}) {
  const keys = generateKeyPairSync("ed25519", {
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const { world, profiles, catalog } = createFakeWorld(keys.publicKey);
  // Somebody has to take the news, or the nudges that announce it would wait in the queue for ever.
  const notifications = defineService({
    name: "notifications",
    migrations: null,
    start: () => ({
      routes: () => {},
      handlers: brokeringEvents
        .filter(({ subscribers }) => subscribers.includes("notifications"))
        .map((event) => on(event, ({ once }) => once(async () => {}))),
    }),
  });
  const run = await runForTest([brokering, profiles, catalog, notifications], options);
  const owner = connectDatabase({ url: run.database.ownerUrl, name: "test-owner", maxConnections: 2 });
  return {
    ...run,
    world,
    owner,
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
        const json = String(response.headers["content-type"]).includes("json");
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

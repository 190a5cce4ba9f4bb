import type { TestDatabase } from "@minka/test-kit/test-database";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { agentsOnTheList } from "../support/agents.ts";
import { runContainersAsProcesses, type Processes } from "../support/containers-as-processes.ts";
import { hasRedisServer, startRedisServer } from "../support/redis-server.ts";
import { createDemoDatabase } from "../support/test-platform.ts";

const containers = [
  "profiles",
  "catalog",
  "matching",
  "matching-worker",
  "brokering",
  "notifications",
  "notifications-worker",
  "web",
];

/** A killed worker's lease on a conversation lasts 30 s, and a message it was sending is in doubt as long. */
const patience = { timeout: 90_000, interval: 50 };

describe.skipIf(!hasRedisServer())("every service a process of its own, nudges through Redis", () => {
  let database: TestDatabase;
  let redis: Awaited<ReturnType<typeof startRedisServer>>;
  let processes: Processes;

  beforeAll(async () => {
    [database, redis] = await Promise.all([createDemoDatabase(), startRedisServer()]);
    processes = await runContainersAsProcesses({
      database,
      redisUrl: redis.url,
      clockOffsetMs: untilTuesday(),
    });
    // One after the other: all at once they would only wait for the same processor.
    for (const container of containers) await processes.start(container);
  }, 240_000);
  afterAll(async () => {
    try {
      expect(await processes.stop()).toEqual(containers.map(() => 0));
    } finally {
      await redis.stop();
      await database.drop();
    }
  });

  async function write(from: string, text: string): Promise<void> {
    const response = await fetch(`${processes.url("notifications")}/simulator/messages`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ from, text }),
    });
    expect(response.status).toBe(202);
  }

  /** Everything that a phone has received, oldest first. */
  async function received(phone: string): Promise<string[]> {
    const query = new URLSearchParams({ phone });
    const response = await fetch(`${processes.url("notifications")}/simulator/messages?${query.toString()}`);
    const { messages } = (await response.json()) as { messages: { direction: string; text: string }[] };
    return messages.filter(({ direction }) => direction === "out").map(({ text }) => text);
  }

  const listOf = async (phone: string) => agentsOnTheList(processes, phone);

  test(
    "a request by SMS crosses all of them, from the need to the agreed visit",
    { timeout: 120_000 },
    async () => {
      const producer = "+51900900011";
      const question = expect.stringMatching(/Acepta\? Responda SI o NO$/);
      const list = expect.stringMatching(
        /^3 pueden atender en Tocache:\n1 .+\n2 .+\n3 .+\nResponda del 1 al 3, o NO$/,
      );

      await write(producer, "nesecito un tecnico pa la monilia en mi cacao, tocache");
      await expect.poll(() => received(producer), patience).toEqual([question]);
      await write(producer, "si");
      await expect.poll(() => received(producer), patience).toEqual([question, list]);

      const [agent] = await listOf(producer);
      if (!agent) throw new Error("the list names nobody");
      await write(producer, "1");
      await expect
        .poll(() => received(agent.phone), patience)
        .toEqual([expect.stringMatching(/^Pedido: visita t[eé]cnica/)]);
      await write(agent.phone, "si jueves");
      await expect
        .poll(() => received(producer), patience)
        .toEqual([
          question,
          list,
          expect.stringMatching(/^Le preguntamos a /),
          expect.stringContaining(agent.phone.slice(3, 6)),
        ]);
      await expect
        .poll(() => received(agent.phone), patience)
        .toEqual([
          expect.stringMatching(/^Pedido: visita t[eé]cnica/),
          expect.stringMatching(/^Listo\. Visita: jueves /),
        ]);
    },
  );

  test(
    "a killed worker's work is taken up again, and no message is sent twice",
    { timeout: 240_000 },
    async () => {
      const producer = "+51900900012";
      const question = expect.stringMatching(/Acepta\? Responda SI o NO$/);
      const list = expect.stringMatching(/pueden? atender en Tocache:\n1 /);

      // Down while a message arrives: it is kept, and answered by the next worker.
      await processes.kill("notifications-worker");
      await write(producer, "nesecito un tecnico pa la monilia en mi cacao, tocache");
      expect(await received(producer)).toEqual([]);
      await processes.start("notifications-worker");
      await expect.poll(() => received(producer), patience).toEqual([question]);

      // Killed in the middle of its work, wherever that happens to be.
      await write(producer, "si");
      await processes.kill("notifications-worker");
      await processes.start("notifications-worker");
      await expect.poll(() => received(producer), patience).toEqual([question, list]);

      // Not the first: that one may still have another producer's question open.
      const [, agent] = await listOf(producer);
      if (!agent) throw new Error("the list names only one");
      const before = await received(agent.phone);
      await write(producer, "2");
      await expect
        .poll(async () => (await received(agent.phone)).length, patience)
        .toBeGreaterThan(before.length);
      await processes.kill("notifications-worker");
      await processes.start("notifications-worker");
      await write(agent.phone, "si jueves");
      await expect
        .poll(() => received(producer), patience)
        .toEqual([
          question,
          list,
          expect.stringMatching(/^Le preguntamos a /),
          expect.stringContaining(agent.phone.slice(3, 6)),
        ]);
      await expect
        .poll(() => received(agent.phone), patience)
        .toEqual([
          ...before,
          expect.stringMatching(/^Pedido: visita t[eé]cnica/),
          expect.stringMatching(/^Listo\. Visita: jueves /),
        ]);
    },
  );

  test("each process serves its own measurements", async () => {
    for (const container of containers) {
      const response = await fetch(`${processes.url(container)}/metrics`);
      expect(response.status).toBe(200);
      expect(await response.text(), container).toContain("process_cpu_seconds_total");
    }
    const worker = await fetch(`${processes.url("notifications-worker")}/metrics`);
    expect(await worker.text()).toMatch(
      /minka_job_seconds_count\{service="notifications",job="send-message"\} [1-9]/,
    );
  });
});

/** Milliseconds to the coming Tuesday, nine in the morning in Lima: demo people answer by day. */
function untilTuesday(): number {
  const now = new Date();
  const tuesday = new Date(now);
  tuesday.setUTCHours(14, 0, 0, 0);
  tuesday.setUTCDate(tuesday.getUTCDate() + ((2 - tuesday.getUTCDay() + 7) % 7));
  return tuesday.getTime() - now.getTime();
}

import { registerPerson } from "@minka/contracts/profiles";
import { signServiceToken } from "@minka/auth/authentication";
import { systemClock } from "@minka/domain/clock";
import { createCaller, injectTransport } from "@minka/http/caller";
import { createLog } from "@minka/http/log";
import { allServices } from "@minka/platform";
import { loadDemoData } from "@minka/platform/demo";
import { openNudgeQueue } from "@minka/queue/queue";
import { runServices } from "@minka/service/run-services";
import postgres from "postgres";
import { createBenchDatabase, type BenchDatabase } from "./bench-database.ts";
import type { Figure } from "./run-benches.ts";
import { quantile, round } from "./statistics.ts";

const messages = 300;
const text = "nesecito un tecnico pa la monilia en mi cacao, tocache";

/**
 * From the message handed in to the list handed to the gateway, in the embedded default, one message at a
 * time, over the round trip of an empty job on the same queue.
 */
export async function benchSmsToOffer(): Promise<Figure[]> {
  const database = await createBenchDatabase();
  try {
    await loadDemoData({ size: "demo", databaseUrl: database.url, progress: () => {} });
    const jobs = await measureEmptyJobs(database);
    const whole = await measureMessages(database);
    return [
      figure("sms-to-offer-p50", quantile(whole, 0.5), quantile(jobs, 0.5)),
      figure("sms-to-offer-p99", quantile(whole, 0.99), quantile(jobs, 0.99)),
    ];
  } finally {
    await database.drop();
  }
}

function figure(bench: string, value: number, limit: number): Figure {
  return { bench, value: round(value), unit: "ms", limit: round(limit), ratio: round(value / limit) };
}

async function measureEmptyJobs(database: BenchDatabase): Promise<number[]> {
  const log = createLog({ level: "silent", service: "bench" });
  const queue = await openNudgeQueue({ postgresUrl: database.url("web") }, log);
  const times: number[] = [];
  let arrived = (): void => {};
  await queue.receive("web", async () => arrived());
  for (let index = 0; index < messages; index += 1) {
    const done = new Promise<void>((resolve) => (arrived = resolve));
    const started = performance.now();
    queue.send([{ service: "web", job: "empty", id: String(index), trace: "bench" }]);
    await done;
    times.push(performance.now() - started);
  }
  await queue.close();
  return times;
}

async function measureMessages(database: BenchDatabase): Promise<number[]> {
  const running = await runServices({
    services: allServices,
    role: "all",
    databaseUrl: database.url,
    queue: { postgresUrl: database.url("notifications") },
    peers: {},
    serviceSecret: "a-secret-for-benchmarks-and-nothing-else",
    environment: { DATA_DIR: database.dataDir, SIMULATOR_PUBLIC: "true" },
    clock: systemClock(),
    log: createLog({ level: "silent", service: "bench" }),
  });
  const call = createCaller(
    () => injectTransport(() => running.app),
    () => signServiceToken(running.app, "notifications"),
  );
  const owner = postgres(database.ownerUrl, { max: 1 });
  const times: number[] = [];
  try {
    for (let index = 0; index < messages; index += 1) {
      const phone = `+51901${String(index).padStart(6, "0")}`;
      const consent = { version: "bench", channel: "sms" as const, at: new Date().toISOString() };
      await call(registerPerson, { body: { phone, consent } }, { trace: "bench-register" });
      const started = performance.now();
      await running.app.inject({
        method: "POST",
        url: "/simulator/messages",
        payload: { from: phone, text },
      });
      await received(owner, phone);
      times.push(performance.now() - started);
    }
  } finally {
    await owner.end();
    await running.stop();
  }
  return times.slice(20);
}

/** Waits until the gateway holds the list: asks the database itself, a few tenths of a millisecond a time. */
async function received(owner: postgres.Sql, phone: string): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (performance.now() < deadline) {
    const [row] = await owner`select 1 from notifications.simulator_messages where phone = ${phone}`;
    if (row) return;
  }
  throw new Error("no list arrived within 10 s");
}

import { systemClock } from "@minka/domain/clock";
import { createLog } from "@minka/http/log";
import { allServices } from "@minka/platform";
import { runServices } from "@minka/service/run-services";
import type { ForkOrder, ForkReport } from "./forked-platform.ts";

// Every service in a process that a test may kill, on the test's own database and under a clock that the test moves.
const environment = process.env;
const urls = JSON.parse(environment["DATABASE_URLS"] ?? "{}") as Record<string, string>;
let offsetMs = Number(environment["CLOCK_OFFSET_MS"] ?? 0);
const redisUrl = environment["REDIS_URL"];
const running = await runServices({
  services: allServices,
  role: (environment["ROLE"] as "api" | "worker" | undefined) ?? "all",
  databaseUrl: (service) => urls[service] ?? "",
  queue: redisUrl ? { redisUrl } : { postgresUrl: urls["notifications"] ?? "" },
  peers: {},
  serviceSecret: "a-secret-that-only-these-processes-share",
  environment,
  clock: () => systemClock(offsetMs)(),
  log: createLog({ level: environment["LOG_LEVEL"] ?? "silent", service: "test" }),
  maxConnections: 5,
  sweepEveryMs: Number(environment["SWEEP_EVERY_MS"] ?? 200),
});
await running.app.listen({ port: 0, host: "127.0.0.1" });
const tell = (report: ForkReport) => process.send?.(report);
process.on("message", (order: ForkOrder) => {
  offsetMs += order.advanceMs;
  tell({ advanced: true });
});
process.on("SIGTERM", () => {
  void running.stop().then(() => process.exit(0));
});
// The test is gone, however it went.
process.on("disconnect", () => process.exit(1));
tell({ port: (running.app.server.address() as { port: number }).port });

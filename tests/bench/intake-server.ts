import { systemClock } from "@minka/domain/clock";
import { createLog } from "@minka/http/log";
import { notifications } from "@minka/notifications";
import { runServices } from "@minka/service/run-services";

// The webhook as it runs in production: notifications alone, answering requests and doing no jobs.
const databaseUrl = process.env["DATABASE_URL"] ?? "";
const running = await runServices({
  services: [notifications],
  role: "api",
  databaseUrl: () => databaseUrl,
  queue: { postgresUrl: databaseUrl },
  peers: {},
  serviceSecret: "a-secret-for-benchmarks-and-nothing-else",
  environment: process.env,
  clock: systemClock(),
  log: createLog({ level: "warn", service: "notifications" }),
});
await running.app.listen({ port: 0, host: "127.0.0.1" });
process.send?.((running.app.server.address() as { port: number }).port);
process.on("SIGTERM", () => process.exit(0));

import { systemClock } from "@minka/domain/clock";
import { createLog } from "@minka/http/log";
import { notifications } from "@minka/notifications";
import { runServices } from "@minka/service/run-services";
import { runUntilStopped } from "@minka/service/run-until-stopped";

// Notifications alone, answering webhooks: one of several processes behind one address.
await runUntilStopped(async () => {
  const databaseUrl = process.env["DATABASE_URL"] ?? "";
  const running = await runServices({
    services: [notifications],
    role: "api",
    databaseUrl: () => databaseUrl,
    queue: { postgresUrl: databaseUrl },
    peers: {},
    serviceSecret: "a-secret-of-processes-that-only-tests-start",
    environment: process.env,
    clock: systemClock(Number(process.env["CLOCK_OFFSET_MS"] ?? 0)),
    log: createLog({ level: process.env["LOG_LEVEL"] ?? "error", service: "notifications" }),
    maxConnections: 4,
  });
  await running.app.listen({ port: 0, host: "127.0.0.1" });
  process.send?.((running.app.server.address() as { port: number }).port);
  return running.stop;
}, String);

import { authentication } from "@minka/auth/authentication";
import { createApp, type App } from "@minka/http/app";
import { createLog } from "@minka/http/log";
import { limitRequests } from "@minka/http/rate-limits";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasRedisServer, startRedisServer } from "../support/redis-server.ts";

describe.skipIf(!hasRedisServer())("limits where services are processes of their own", () => {
  let redis: Awaited<ReturnType<typeof startRedisServer>>;
  let processes: App[];

  beforeAll(async () => {
    redis = await startRedisServer();
    processes = await Promise.all([startProcess(redis.url), startProcess(redis.url)]);
  });
  afterAll(async () => {
    await Promise.all(processes.map((app) => app.close()));
    await redis.stop();
  });

  const call = (index: number, remoteAddress: string) =>
    processes[index]?.inject({ url: "/api/test", remoteAddress }).then(({ statusCode }) => statusCode);

  test("are counted together", async () => {
    // The connection is made in the background, and until it stands nobody is counted.
    await expect
      .poll(async () => [await call(0, "203.0.113.1"), await call(1, "203.0.113.1")])
      .toEqual([429, 429]);
    const from = "203.0.113.2";
    const statuses = [await call(0, from), await call(1, from), await call(0, from), await call(1, from)];
    expect(statuses).toEqual([200, 200, 200, 429]);
  });
});

async function startProcess(redisUrl: string): Promise<App> {
  const app = createApp({ log: createLog({ level: "silent", service: "test" }) });
  await app.register(authentication, {
    serviceSecret: "a secret of at least thirty-two characters",
    personPublicKey: async () => "",
  });
  await limitRequests(app, { perAddress: 3, perPerson: 0, redisUrl });
  app.get("/api/test", async () => ({ done: true }));
  await app.ready();
  return app;
}

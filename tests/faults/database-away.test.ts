import { startProxy, type Proxy } from "@minka/test-kit/proxy";
import type { TestDatabase } from "@minka/test-kit/test-database";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDemoDatabase, startTestPlatform, type TestPlatform } from "../support/test-platform.ts";
import { until } from "../support/until.ts";

let database: TestDatabase;
let proxy: Proxy;
let owner: postgres.Sql;
let platform: TestPlatform;

/** All services reach the database through something that a test can take away. */
function through(port: number): TestDatabase {
  return {
    ...database,
    url(role) {
      const url = new URL(database.url(role));
      url.hostname = "127.0.0.1";
      url.port = String(port);
      return url.href;
    },
  };
}

beforeAll(async () => {
  database = await createDemoDatabase();
  const { hostname: host, port } = new URL(database.ownerUrl);
  proxy = await startProxy({ host, port: Number(port) });
  owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
  // Its own sweep, as in production: a test that asks again and again would hide a dialogue that has stopped.
  platform = await startTestPlatform({ database: through(proxy.port), sweepEveryMs: 1_000 });
});
afterAll(async () => {
  await proxy.restore();
  await platform.stop();
  await owner.end();
  await proxy.close();
  await database.drop();
});

async function writes(from: string, text: string): Promise<number> {
  const asked = performance.now();
  const response = await platform.app.inject({
    method: "POST",
    url: "/simulator/messages",
    payload: { from, text },
  });
  expect(response.statusCode).toBe(202);
  return performance.now() - asked;
}

/** What the phone was sent, once it is so many messages. Time goes on, for what was put off while the database was away. */
const hears = (phone: string, count: number) =>
  until(
    async () => {
      platform.clock.advance({ seconds: 0.1 });
      const rows = await owner<{ text: string }[]>`
        select text from notifications.simulator_messages where phone = ${phone} order by at, id`;
      return rows.length >= count ? rows.map(({ text }) => text) : undefined;
    },
    { what: `${phone} has ${count} messages`, withinMs: 60_000 },
  );

const quiet = () =>
  until(
    async () => {
      platform.clock.advance({ seconds: 0.1 });
      const [left] = await owner`
        select 1 from notifications.conversations where unanswered_since is not null
        union all select 1 from notifications.inbound_messages where handled_at is null
        union all select 1 from notifications.outbound_messages where state in ('queued', 'sending', 'unknown')`;
      return left ? undefined : true;
    },
    { what: "everything is answered", withinMs: 60_000 },
  );

test.each([
  { how: "refused", takeAway: () => proxy.cut(), producer: "+51987100001", other: "+51987100002" },
  {
    how: "black-holed",
    takeAway: async () => proxy.hang(),
    producer: "+51987100003",
    other: "+51987100004",
  },
])(
  "with the database $how every SMS is acknowledged within five seconds, and afterwards each is answered once and in order",
  async ({ takeAway, producer, other }) => {
    await writes(producer, "nesecito un tecnico pa la monilia en mi cacao, tocache");
    expect(await hears(producer, 1)).toEqual([expect.stringContaining("SI o NO")]);
    await quiet();

    await takeAway();
    const waits: number[] = [];
    waits.push(await writes(producer, "SI"));
    waits.push(await writes(other, "hola"));
    waits.push(await writes(producer, "ESTADO"));
    waits.push(await writes(other, "BAJA"));
    expect(Math.max(...waits)).toBeLessThan(5_000);
    // Once it is known that the database is away nobody waits for it.
    expect(Math.max(...waits.slice(1))).toBeLessThan(1_000);

    await proxy.restore();
    const told = await hears(producer, 3);
    await hears(other, 2);
    await quiet();
    // The list comes by itself, before or after ESTADO is answered with how it stands at that moment.
    expect(told.slice(1)).toContainEqual(expect.stringMatching(/pueden? atender en Tocache/));
    for (const text of told.slice(1)) expect(text).toMatch(/^Su pedido|pueden? atender en Tocache/);
    const [said, bye] = await hears(other, 2);
    expect(said).toContain("Minka");
    expect(bye).toMatch(/ALTA/);
    const handled = await owner<{ body: string }[]>`
      select body from notifications.inbound_messages where phone = ${producer} order by sequence`;
    expect(handled.map(({ body }) => body).slice(1)).toEqual(["SI", "ESTADO"]);
    expect(await hears(producer, 3)).toHaveLength(3);
    expect(await hears(other, 2)).toHaveLength(2);
  },
  150_000,
);

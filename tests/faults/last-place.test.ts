import type { TestDatabase } from "@minka/test-kit/test-database";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { pest } from "../dialogue/scene.ts";
import { forkPlatform, type ForkedPlatform } from "../support/forked-platform.ts";
import { hasRedisServer, startRedisServer } from "../support/redis-server.ts";
import { createDemoDatabase } from "../support/test-platform.ts";
import { until } from "../support/until.ts";

const queues = hasRedisServer() ? (["Postgres", "Redis"] as const) : (["Postgres"] as const);
const taken = / ya no tiene lugar este mes\. Elija otro:\n1 /;

describe.each(queues)("two processes, nudges through %s", (queue) => {
  let database: TestDatabase;
  let owner: postgres.Sql;
  let redis: Awaited<ReturnType<typeof startRedisServer>> | undefined;
  let processes: ForkedPlatform[];

  beforeEach(async () => {
    database = await createDemoDatabase();
    owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
    redis = queue === "Redis" ? await startRedisServer() : undefined;
    const settings: Record<string, string> = redis ? { REDIS_URL: redis.url } : {};
    processes = await Promise.all([forkPlatform(database, settings), forkPlatform(database, settings)]);
  }, 60_000);
  afterEach(async () => {
    await Promise.all(processes.map((each) => each.kill()));
    await redis?.stop();
    await owner.end();
    await database.drop();
  });

  async function write(through: number, from: string, text: string): Promise<void> {
    const answer = await fetch(`${processes[through]?.url}/simulator/messages`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ from, text }),
    });
    expect(answer.status).toBe(202);
  }

  const received = async (phone: string): Promise<string[]> =>
    owner<{ text: string }[]>`
      select text from notifications.simulator_messages where phone = ${phone} order by at, id`.then((rows) =>
      rows.map(({ text }) => text),
    );

  async function says(through: number, from: string, text: string): Promise<string> {
    const before = (await received(from)).length;
    await write(through, from, text);
    return until(async () => (await received(from))[before], { what: `an answer to ${text}` });
  }

  /** The offers on a phone's list by their number. */
  const listOf = async (phone: string) =>
    owner<{ rank: number; offerId: string; places: number }[]>`
      select m.rank, m.offer_id as "offerId", m.monthly_capacity as places from matching.matches m
        join matching.requests r on r.id = m.request_id join profiles.phones p on p.person_id = r.person_id
      where p.phone = ${phone} and m.rank <= 3 order by m.rank`;

  test("two producers take the last place at once: one gets it, the other is offered who is left", async () => {
    const phones = ["+51900770001", "+51900770002", "+51900770003", "+51900770004"];
    for (const [index, phone] of phones.entries()) {
      await says(index % 2, phone, pest);
      expect(await says(index % 2, phone, "si")).toMatch(/^3 pueden atender/);
    }
    for (const [at, pair] of [phones.slice(0, 2), phones.slice(2)].entries()) {
      const [first, second] = await Promise.all(pair.map(listOf));
      const wanted = first?.[at];
      const number = second?.find(({ offerId }) => offerId === wanted?.offerId)?.rank;
      if (!wanted || !number) throw new Error("the two lists have nobody in common");
      await owner`
        insert into matching.capacity (offer_id, month, used)
        values (${wanted.offerId}, to_char(now() at time zone 'America/Lima', 'YYYY-MM'), ${wanted.places - 1})
        on conflict (offer_id, month) do update set used = excluded.used`;
      const answers = await Promise.all([
        says(0, pair[0] ?? "", String(wanted.rank)),
        says(1, pair[1] ?? "", String(number)),
      ]);
      expect(answers.filter((text) => text.startsWith("Le preguntamos a "))).toHaveLength(1);
      expect(answers.filter((text) => taken.test(text))).toHaveLength(1);
      const [held] = await owner<{ used: number; asked: number }[]>`
        select used, (select count(*)::int from matching.matches
          where offer_id = ${wanted.offerId} and state = 'asked') as asked
        from matching.capacity where offer_id = ${wanted.offerId}`;
      expect(held).toEqual({ used: wanted.places, asked: 1 });

      // The list comes again without who is taken, and can be chosen from.
      const loser = answers.findIndex((text) => taken.test(text));
      const other = pair[loser] ?? "";
      expect(await says(1 - loser, other, "2")).toMatch(/^Le preguntamos a /);
      // Whom the next two may want.
      expect(await says(1 - loser, other, "CANCELAR")).toMatch(/ quedo anulado/);
    }
  }, 120_000);
});

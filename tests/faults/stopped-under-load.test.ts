import { createTestDatabase } from "@minka/test-kit/test-database";
import postgres from "postgres";
import { expect, test } from "vitest";
import { forkPlatform } from "../support/forked-platform.ts";
import { until } from "../support/until.ts";

test("a process that is asked to stop under load ends within five seconds, and what it had taken is answered once by the next", async () => {
  const database = await createTestDatabase();
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
  const first = await forkPlatform(database, { SIMULATOR_PUBLIC: "true" });
  const taken: string[] = [];
  let refused = 0;
  let next = 0;
  const writer = async () => {
    while (refused < 8 && next < 2_000) {
      next += 1;
      const from = `+519055${String(next).padStart(5, "0")}`;
      const answer = await fetch(`${first.url}/simulator/messages`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ from, text: "ayuda" }),
      }).catch(() => undefined);
      if (answer?.status === 202) taken.push(from);
      else refused += 1;
    }
  };
  try {
    const writing = Promise.all(Array.from({ length: 8 }, writer));
    await until(async () => (taken.length >= 100 ? true : undefined), { what: "a hundred are taken" });
    const asked = performance.now();
    expect(await first.terminate()).toBe(0);
    expect(performance.now() - asked).toBeLessThan(5_000);
    await writing;
    const second = await forkPlatform(database, { CLOCK_OFFSET_MS: "60000" });
    const answered = async () => {
      const rows = await owner<{ phone: string; count: number }[]>`
        select phone, count(*)::int as count from notifications.simulator_messages group by phone`;
      return new Map(rows.map(({ phone, count }) => [phone, count]));
    };
    await until(async () => ((await answered()).size >= taken.length ? true : undefined), {
      what: "everything is answered",
    });
    const answers = await answered();
    expect(taken.filter((phone) => answers.get(phone) !== 1)).toEqual([]);
    await second.kill();
  } finally {
    await owner.end();
    await database.drop();
  }
}, 90_000);

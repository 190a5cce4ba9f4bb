import { expect, test } from "vitest";
import { pest, stage, type Party } from "./scene.ts";

const on = stage();

/** The queue forgets whatever it held; where it is in the middle of something, this waits its turn again. */
async function loseQueue(): Promise<void> {
  const tables = await on.owner<{ name: string }[]>`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_schema = 'bullmq' and table_type = 'BASE TABLE' and table_name !~* 'migration|version'`;
  expect(tables.length).toBeGreaterThan(0);
  for (const { name } of tables) {
    for (let lost = false; !lost;) lost = await emptied(name);
  }
}

async function emptied(table: string): Promise<boolean> {
  try {
    await on.owner.unsafe(`delete from ${table}`);
    return true;
  } catch (error) {
    const deadlock = error instanceof Error && "code" in error && error.code === "40P01";
    if (!deadlock) throw error;
    return false;
  }
}

/** Writes and at once loses every nudge, again and again until all is done. */
async function saysIntoTheVoid(phone: Party, text: string): Promise<string[]> {
  await phone.writes(text);
  await loseQueue();
  const settled = on.settle().then(() => true);
  for (let more = true; more;) {
    const finished = await Promise.race([settled, loseQueue().then(() => false)]);
    more = !finished;
  }
  return phone.reads();
}

test("a dialogue goes on by the sweep alone when the queue loses everything at each step", async () => {
  const producer = on.stranger();
  expect(await saysIntoTheVoid(producer, pest)).toEqual([expect.stringMatching(/Acepta\?/)]);
  expect(await saysIntoTheVoid(producer, "si")).toEqual([
    expect.stringMatching(/^3 pueden atender en Tocache/),
  ]);
  expect(await saysIntoTheVoid(producer, "1")).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
  const provider = await on.askedBy(producer);
  expect(await saysIntoTheVoid(provider, "no")).toEqual([expect.stringMatching(/^Esta bien/)]);
  expect(await producer.reads()).toEqual([expect.stringMatching(/ no puede\. Ya le preguntamos a/)]);
  const next = await on.askedBy(producer);
  expect(await saysIntoTheVoid(next, "si mañana")).toEqual([
    expect.stringMatching(/^Listo\. Visita: mañana/),
  ]);
  expect(await producer.reads()).toEqual([expect.stringMatching(/dijo que si/)]);
  on.platform.clock.advance({ days: 3 });
  await loseQueue();
  await on.settle();
  expect(await producer.reads()).toEqual([expect.stringMatching(/^¿Vino/)]);
  expect(await saysIntoTheVoid(producer, "si")).toEqual([expect.stringMatching(/^¿Qué nota/)]);
  expect(await saysIntoTheVoid(producer, "5")).toEqual([expect.stringMatching(/^Gracias/)]);
  expect(await on.owner`select id from events.deliveries where handled_at is null`).toEqual([]);
  expect(
    await on.owner`
    select id from notifications.conversations where unanswered_since is not null`,
  ).toEqual([]);
});

import { expect, test } from "vitest";
import { pest, stage } from "./scene.ts";
import { signIn } from "./sign-in.ts";

const on = stage();

test("who withdraws is written to no more, the agent reads that it is off, and a new need asks for consent", async () => {
  const { producer, provider } = await on.waiting();
  const { post, personId } = await signIn(on, producer);
  const withdrawn = await post(`/api/profiles/people/${personId}/consents/service/withdrawal`, {});
  expect(withdrawn.status).toBe(200);
  await on.settle();
  expect((await on.requestOf(producer.number)).state).toBe("cancelled");
  expect(await provider.reads()).toEqual([expect.stringMatching(/anul|cancel/i)]);
  expect(await producer.reads()).toEqual([]);
  on.platform.clock.advance({ days: 4 });
  await on.settle();
  expect(await producer.reads()).toEqual([]);

  // What they write is answered, and they are served again when they agree again.
  expect(await producer.says(pest)).toEqual([expect.stringMatching(/SI/)]);
  expect(await producer.says("si")).toEqual([expect.stringMatching(/^3 pueden atender/)]);
  expect(await producer.says("1")).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
  const agent = await on.askedBy(producer);
  await agent.says("si mañana");
  expect(await producer.reads()).toEqual([expect.stringMatching(/dijo que s[ií]/)]);
});

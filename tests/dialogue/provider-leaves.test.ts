import { expect, test } from "vitest";
import { stage } from "./scene.ts";
import { signIn, type Post } from "./sign-in.ts";

const operatorPhone = "+51999000111";
const on = stage({ environment: { OPERATOR_PHONES: operatorPhone } });

async function suspend(providerId: string, post: Post): Promise<void> {
  const body = { reason: "Quejas de dos familias" };
  expect((await post(`/api/catalog/providers/${providerId}/suspension`, body)).status).toBe(200);
  await on.settle();
}

test("a suspended agent is asked nothing more: the next is, whose list no longer has them, and visits are looked at", async () => {
  const { post: operator } = await signIn(on, await on.someoneAt(operatorPhone));
  const { producer, provider } = await on.waiting();
  const choosing = await on.choosing();
  const { matches } = await on.requestOf(producer.number);
  const asked = matches.find(({ state }) => state === "asked");
  const listed = (await on.requestOf(choosing.number)).matches;
  const number = listed.findIndex(({ providerId }) => providerId === asked?.providerId) + 1;
  expect(number).toBeGreaterThan(0);

  await suspend(asked?.providerId ?? "", operator);

  // Who asked reads that somebody else is asked, and not why.
  const next = await on.askedBy(producer);
  expect(next.name).not.toBe(provider.name);
  expect(await producer.reads()).toEqual([expect.stringMatching(/ no puede\. Ya le preguntamos a /)]);
  // The agent reads that they are suspended, and that the order has gone on.
  expect(await provider.reads()).toEqual([expect.stringMatching(/ suspendido /)]);
  expect(await provider.says("si")).toEqual([expect.stringMatching(/^Ese pedido ya paso a otra persona/)]);

  // The next agrees, and is suspended after that: the visit stays, and a person calls both.
  await (await on.askedBy(producer)).says("si mañana");
  expect(await producer.reads()).toEqual([expect.stringMatching(/dijo que s[ií]/)]);
  const agreed = await on.requestOf(producer.number);
  await suspend(agreed.engagement?.providerId ?? "", operator);
  expect(await producer.reads()).toEqual([]);
  expect((await on.requestOf(producer.number)).engagement).toEqual(agreed.engagement);
  const items = await on.owner`
    select kind, phone from notifications.attention_items where subject = ${agreed.id}`;
  expect([...items]).toEqual([{ kind: "visit_in_doubt", phone: producer.number }]);

  // Who still has them on a list picks another.
  expect(await choosing.says(String(number))).toEqual([
    expect.stringMatching(/ ya no puede\. Elija otro:\n1 /),
  ]);
  const left = (await on.requestOf(choosing.number)).matches.find(({ state }) => state === "listed");
  expect(await choosing.says("1")).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
  expect((await on.askedBy(choosing)).name).toBe(left?.providerName);
});

import { expect, test } from "vitest";
import { stage } from "./scene.ts";

const on = stage();

/** An agent whom a list in Tocache names, with nothing to answer. */
async function silenced() {
  const { producer, provider } = await on.waiting();
  await producer.says("cancelar");
  await provider.says("BAJA");
  return provider;
}

test("a provider who has said BAJA is not waited for: the next is asked at once", async () => {
  const gone = await silenced();
  const producer = await on.choosing();
  const { matches } = await on.requestOf(producer.number);
  const number = matches.findIndex(({ providerName }) => providerName === gone.name) + 1;
  expect(number).toBeGreaterThan(0);
  const read = await producer.says(String(number));
  expect(read).toEqual([
    expect.stringMatching(/^Le preguntamos a /),
    expect.stringMatching(/^No pudimos avisar a .+\. Ya le preguntamos a /),
  ]);
  expect((await on.askedBy(producer)).name).not.toBe(gone.name);
  expect(await gone.reads()).toEqual([]);
  // Their standing says nothing of what they never read.
  const [match] = (await on.requestOf(producer.number)).matches.filter(
    ({ providerName }) => providerName === gone.name,
  );
  expect(match).toMatchObject({ state: "declined", declineReason: null });
  // When they come back, that order is somebody else's.
  expect(await gone.says("ALTA")).toHaveLength(1);
  expect(await gone.says("si")).toEqual([expect.stringMatching(/^Ese pedido ya paso a otra persona/)]);
});

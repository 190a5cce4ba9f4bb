import { expect, test } from "vitest";
import { pest, stage, type Party } from "./scene.ts";

const on = stage();

/**
 * What a phone's last message led to is taken back as far as it was not committed elsewhere: the state in
 * which a crash leaves a conversation after its command has gone out and before its answer was written.
 */
async function crashBeforeAnswer(phone: Party, promptState: "open" | null): Promise<void> {
  await on.owner`
    update notifications.inbound_messages set handled_at = null
    where sequence = (select max(sequence) from notifications.inbound_messages where phone = ${phone.number})`;
  await on.owner`
    update notifications.conversations set unanswered_since = ${on.platform.clock()} where phone = ${phone.number}`;
  if (promptState) {
    await on.owner`
      update notifications.prompts set state = 'answered' where phone = ${phone.number} and state = 'open'`;
  }
  await on.settle();
}

test("LISTO that is read again after a crash is about the same visit", async () => {
  const { producer } = await on.agreed();
  expect(await producer.says("listo")).toEqual([expect.stringMatching(/^¿Qué nota/)]);
  await crashBeforeAnswer(producer, "open");
  expect(await producer.reads()).toEqual([expect.stringMatching(/^¿Qué nota/)]);
  expect(await producer.says("5")).toEqual([expect.stringMatching(/^Gracias/)]);
});

test("a provider's LISTO that is read again after a crash is about the same visit", async () => {
  const { provider } = await on.agreed();
  on.platform.clock.advance({ days: 1 });
  expect(await provider.says("listo")).toEqual([expect.stringMatching(/^Gracias por avisar/)]);
  await crashBeforeAnswer(provider, null);
  const [thanks, ...asked] = await provider.reads();
  expect(thanks).toMatch(/^Gracias por avisar/);
  // The question that was open before is put again.
  expect(asked).toEqual([expect.stringMatching(/^¿Qué nota le pone a la persona/)]);
  expect(await provider.says("5")).toEqual([expect.stringMatching(/^Gracias/)]);
});

test("CANCELAR that is read again after a crash leaves the other request alone", async () => {
  const producer = await on.choosing();
  await producer.says("necesito tecnico para podar mi cacao en tocache");
  expect(await producer.says("CANCELAR")).toEqual([expect.stringMatching(/^¿Cual pedido anulamos/)]);
  await producer.says("1");
  await crashBeforeAnswer(producer, null);
  await crashBeforeAnswer(producer, null);
  const [newer, older] = await on.requestsOf(producer.number);
  expect([newer?.state, older?.state]).toEqual(["cancelled", "listed"]);
  await producer.reads();
  expect(await producer.says("1")).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
});

test("a need that is read again after a crash is one request", async () => {
  const producer = await on.registered();
  expect(await producer.says(pest)).toEqual([expect.stringMatching(/^3 pueden/)]);
  await crashBeforeAnswer(producer, null);
  expect(await producer.reads()).toEqual([]);
  expect(await on.requestsOf(producer.number)).toHaveLength(1);
});

test("ME DA IGUAL that is read again after a crash is about the same wish, and asks nobody", async () => {
  const producer = await on.choosing();
  await producer.says("prefiero una tecnica mujer");
  await producer.says("me da igual");
  await crashBeforeAnswer(producer, "open");
  await producer.reads();
  const request = await on.requestOf(producer.number);
  expect([request.state, request.womanOnly]).toEqual(["listed", false]);
  expect(request.matches.filter(({ state }) => state === "asked")).toEqual([]);
});

import { describe, expect, test } from "vitest";
import { agentsOnTheList } from "../support/agents.ts";
import { stage, type Party } from "./scene.ts";

const on = stage();

const matched = async ({ number }: Party) =>
  (await on.requestOf(number)).matches.map(({ providerName }) => providerName);

/** An agent whom a list in Tocache names, with nothing to answer. */
async function agent(): Promise<Party & { name: string }> {
  const { producer, provider } = await on.waiting();
  await producer.says("cancelar");
  await provider.reads();
  return provider;
}

describe("DESCANSO", () => {
  test("who rests is on no list until the day they read, and then again by themself", async () => {
    const provider = await agent();
    expect(await provider.says("DESCANSO 10")).toEqual([
      "Listo, descansa hasta el 3 de diciembre. No le mandamos pedidos nuevos. Para volver antes escriba: YA VOLVI",
    ]);
    expect(await matched(await on.choosing())).not.toContain(provider.name);
    on.platform.clock.set(new Date("2026-12-04T05:00:00Z"));
    await on.settle();
    expect(await matched(await on.choosing())).toContain(provider.name);
  });

  test("YA VOLVI ends it early", async () => {
    const provider = await agent();
    await provider.says("vacaciones un mes");
    expect(await matched(await on.choosing())).not.toContain(provider.name);
    expect(await provider.says("ya volvi")).toEqual([expect.stringMatching(/^Que bueno|^Qué bueno/)]);
    expect(await matched(await on.choosing())).toContain(provider.name);
  });

  test("on an open list already, they leave it: nobody chooses who rests, and nobody is passed on to them", async () => {
    const [choosing, { producer, provider }] = [await on.choosing(), await on.waiting()];
    const { matches } = await on.requestOf(choosing.number);
    const [first, second] = matches;
    const resting = provider.name === first?.providerName ? second : first;
    const agents = await agentsOnTheList(on.platform, choosing.number);
    const phone = agents.find(({ matchId }) => matchId === resting?.id)?.phone ?? "";
    await (await on.someoneAt(phone)).says("DESCANSO 5");
    const states = (await on.requestOf(choosing.number)).matches.map(({ id, state }) => [
      id === resting?.id,
      state,
    ]);
    expect(states.filter(([theirs]) => theirs)).toEqual([[true, "declined"]]);
    await choosing.says(String(matches.findIndex(({ id }) => id === resting?.id) + 1));
    expect((await on.requestOf(choosing.number)).matches.find(({ id }) => id === resting?.id)?.state).toBe(
      "declined",
    );
    await provider.says("no");
    await producer.reads();
    const now = (await on.requestOf(producer.number)).matches.find(({ state }) => state === "asked");
    expect(now?.providerId).not.toBe(resting?.providerId);
    await (await on.someoneAt(phone)).says("YA VOLVI");
  });

  test("who is held or suspended is not told that they attend", async () => {
    const provider = await agent();
    const [row] = await on.owner`
      update catalog.providers set state = 'held' where person_id in
        (select person_id from profiles.phones where phone = ${provider.number}) returning id`;
    expect(row).toBeDefined();
    const words = [expect.stringMatching(/^Anotado\. Por ahora no le llegan pedidos de Minka\./)];
    expect(await provider.says("DESCANSO 3")).toEqual(words);
    expect(await provider.says("YA VOLVI")).toEqual(words);
    await on.owner`update catalog.providers set state = 'verified' where id = ${row?.["id"]}`;
  });

  test("an order in question stays, and can be answered", async () => {
    const { producer, provider } = await on.waiting();
    expect(await provider.says("descanso 3")).toEqual([
      expect.stringMatching(/^Listo, descansa hasta .*Falta su respuesta a un pedido: SI o NO/),
    ]);
    expect(await provider.says("si mañana")).toEqual([expect.stringMatching(/^Listo\. Visita: /)]);
    expect(await producer.reads()).toEqual([expect.stringMatching(/dijo que s[ií]/)]);
    await provider.says("ya volvi");
  });

  test('"no puedo esta semana" declines what is asked, and rests who is asked nothing', async () => {
    const { provider } = await on.waiting();
    expect(await provider.says("no puedo esta semana")).toEqual([
      expect.stringMatching(/^Esta bien, le preguntamos a otra persona\. .*DESCANSO 7/),
    ]);
    expect(await provider.says("no puedo esta semana")).toEqual([
      expect.stringMatching(/^Listo, descansa hasta/),
    ]);
    await provider.says("ya volvi");
  });

  test("a day may be named, and never one that is too far or none", async () => {
    const provider = await agent();
    expect(await provider.says("descanso 200")).toEqual([expect.stringMatching(/^Listo, descansa hasta el/)]);
    expect(await provider.says("descanso hasta el lunes")).toEqual([
      expect.stringMatching(/^Listo, descansa hasta el \d+ de \w+\./),
    ]);
    expect(await provider.says("descanso hasta que pueda")).toEqual([
      expect.stringMatching(/hasta 60\. Por ejemplo: DESCANSO 10$/),
    ]);
    await provider.says("ya volvi");
  });

  test("who answers for nobody reads what it is for", async () => {
    const producer = await on.registered();
    const helpful = expect.stringMatching(/^DESCANSO es para quienes atienden pedidos/);
    expect(await producer.says("descanso 10")).toEqual([helpful]);
    expect(await on.stranger().says("DESCANSO")).toEqual([helpful]);
    // What may mean something else is left to be something else.
    expect(await producer.says("ya volvi")).not.toEqual([helpful]);
  });

  test("whoever has said BAJA is told how to come back, and nothing else happens", async () => {
    const provider = await agent();
    await provider.says("BAJA");
    expect(await provider.says("descanso 10")).toEqual([expect.stringMatching(/ALTA/)]);
    await provider.says("ALTA");
    expect(await matched(await on.choosing())).toContain(provider.name);
  });
});

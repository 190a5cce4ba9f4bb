import { describe, expect, test } from "vitest";
import { pest, stage, type Party } from "./scene.ts";

const on = stage();

type Moment = {
  phone: Party;
  /** What this phone would say next, and what it then reads. */
  next: string;
  leadsTo: RegExp;
};

/** Everything that a phone can be in the middle of. */
const moments: Record<string, () => Promise<Moment>> = {
  "nothing in particular": async () => ({
    phone: await on.registered(),
    next: pest,
    leadsTo: /^3 pueden atender en Tocache/,
  }),
  "asked for consent": async () => {
    const phone = on.stranger();
    await phone.says(pest);
    return { phone, next: "si", leadsTo: /^3 pueden atender en Tocache/ };
  },
  "asked for the district": async () => {
    const phone = on.stranger();
    await phone.says("nesecito un tecnico pa la monilia en mi cacao");
    expect(await phone.says("si")).toEqual([expect.stringMatching(/^¿En qué distrito/)]);
    return { phone, next: "tocache", leadsTo: /^3 pueden atender en Tocache/ };
  },
  "choosing from a list": async () => ({
    phone: await on.choosing(),
    next: "1",
    leadsTo: /^Le preguntamos a/,
  }),
  "waiting for a provider": async () => ({
    phone: (await on.waiting()).producer,
    next: "ESTADO",
    leadsTo: /le preguntamos a/,
  }),
  "offered an order": async () => ({
    phone: (await on.waiting()).provider,
    next: "si",
    leadsTo: /^Listo\. Visita: jueves|^Listo\. Visita: /,
  }),
  "agreed on a visit": async () => ({
    phone: (await on.agreed()).producer,
    next: "ESTADO",
    leadsTo: / va mañana\. Su numero: /,
  }),
  "asked whether the provider came": async () => ({
    phone: (await on.outcomeAsked()).producer,
    next: "si",
    leadsTo: /^¿Qué nota le pone/,
  }),
  "asked for a rating": async () => ({
    phone: (await on.ratingAsked()).producer,
    next: "4",
    leadsTo: /^Gracias\. Su nota/,
  }),
};
const names = Object.keys(moments);
const reach = async (name: string): Promise<Moment> => {
  const moment = await moments[name]?.();
  if (!moment) throw new Error(name);
  return moment;
};

describe("AYUDA", () => {
  test.each(names)("explains Minka to someone who is %s, who then goes on", async (name) => {
    const { phone, next, leadsTo } = await reach(name);
    expect(await phone.says("AYUDA")).toEqual([
      expect.stringMatching(/^(Minka le (busca|envia)|Escriba su distrito) .+BAJA: no mas/),
    ]);
    expect(await phone.says(next)).toEqual([expect.stringMatching(leadsTo)]);
  });
});

describe("BAJA and ALTA", () => {
  test.each(names)("silence Minka for someone who is %s, and bring it back where it was", async (name) => {
    const { phone, next, leadsTo } = await reach(name);
    expect(await phone.says("BAJA")).toEqual([expect.stringMatching(/^Listo, ya no le escribiremos/)]);
    expect(await phone.says(next)).toEqual([expect.stringMatching(/^Usted pidio no recibir mensajes.+ALTA/)]);
    const [back] = await phone.says("ALTA");
    expect(back).toMatch(/^Listo, otra vez le escribiremos/);
    expect(await phone.says(next)).toEqual([expect.stringMatching(leadsTo)]);
  });

  test("what Minka would begin does not reach a phone that said BAJA", async () => {
    const { producer, provider } = await on.waiting();
    await producer.says("BAJA");
    expect(await provider.says("si")).toEqual([expect.stringMatching(/^Listo\. Visita/)]);
    expect(await producer.reads()).toEqual([]);
    await producer.says("ALTA");
    expect(await producer.says("ESTADO")).toEqual([expect.stringMatching(/ va el jueves| va .+ Su numero/)]);
  });

  test("the question that was asked meanwhile is asked again after ALTA", async () => {
    const { producer } = await on.agreed();
    await producer.says("BAJA");
    on.platform.clock.advance({ days: 3 });
    await on.settle();
    expect(await producer.reads()).toEqual([]);
    const [back, question] = await producer.says("ALTA");
    expect(back).toMatch(/^Listo, otra vez/);
    expect(question).toMatch(/^¿Vino/);
    expect(await producer.says("si")).toEqual([expect.stringMatching(/^¿Qué nota/)]);
  });

  test("who writes on after BAJA is reminded twice and then left in peace, without bothering an operator", async () => {
    const phone = await on.registered();
    await phone.says("BAJA");
    expect(await phone.says("necesito un tecnico")).toHaveLength(1);
    expect(await phone.says("hola")).toHaveLength(1);
    expect(await phone.says("hola")).toEqual([]);
    expect(
      await on.owner`select kind from notifications.attention_items where phone = ${phone.number}`,
    ).toEqual([]);
    expect(await phone.says("AYUDA")).toHaveLength(1);
  });
});

describe("politeness", () => {
  test("a greeting gets the help", async () => {
    expect(await on.stranger().says("hola, buenas tardes")).toEqual([
      expect.stringMatching(/^Minka le busca/),
    ]);
  });

  test("thanks at the end of a dialogue get nothing, and hide nothing that follows", async () => {
    const { producer } = await on.ratingAsked();
    await producer.says("5");
    expect(await producer.says("gracias ingeniero")).toEqual([]);
    expect(await producer.says("ok")).toEqual([]);
    expect(await producer.says(pest)).toEqual([expect.stringMatching(/^3 pueden/)]);
  });

  test("thanks from somebody to whom Minka has never spoken get the help", async () => {
    expect(await on.stranger().says("gracias")).toEqual([expect.stringMatching(/^Minka le busca/)]);
  });

  test("a machine that answers every message with a word that always works is left alone", async () => {
    const machine = on.stranger();
    const answers = [];
    for (let turn = 0; turn < 12; turn += 1) answers.push(...(await machine.says("AYUDA")));
    expect(answers).toHaveLength(5);
    on.platform.clock.advance({ minutes: 11 });
    expect(await machine.says("AYUDA")).toHaveLength(1);
  });

  test("who calls for a person again and again is one item on the operator's list", async () => {
    const phone = on.stranger();
    for (let turn = 0; turn < 4; turn += 1) await phone.says("PERSONA");
    expect(
      await on.owner`select kind from notifications.attention_items where phone = ${phone.number}`,
    ).toEqual([{ kind: "human_wanted" }]);
  });

  test("two machines that greet each other stop", async () => {
    const machine = on.stranger();
    const answers = [];
    for (let turn = 0; turn < 8; turn += 1) answers.push(...(await machine.says("Hola")));
    expect(answers).toHaveLength(5);
  });
});

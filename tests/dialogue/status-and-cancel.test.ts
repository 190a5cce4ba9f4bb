import { describe, expect, test } from "vitest";
import { stage, type Party } from "./scene.ts";

const operatorPhone = "+51900999901";
const on = stage({ environment: { OPERATOR_PHONES: operatorPhone } });

describe("ESTADO", () => {
  test("says nothing is open to whoever has nothing open", async () => {
    expect(await on.stranger().says("ESTADO")).toEqual([
      expect.stringMatching(/^Usted no tiene pedidos abiertos/),
    ]);
    expect(await (await on.registered()).says("como va mi pedido")).toEqual([
      expect.stringMatching(/^Usted no tiene pedidos abiertos/),
    ]);
  });

  test("tells the producer the truth at every stage", async () => {
    const producer = await on.choosing();
    expect(await producer.says("ESTADO")).toEqual([expect.stringMatching(/^3 pueden atender/)]);
    await producer.says("1");
    const provider = await on.askedBy(producer);
    expect(await producer.says("ESTADO")).toEqual([
      expect.stringMatching(
        /^Su pedido de visita t[eé]cnica de plagas en cacao: le preguntamos a .+, tiene hasta/,
      ),
    ]);
    await provider.says("si mañana");
    await producer.reads();
    expect(await producer.says("ESTADO")).toEqual([
      expect.stringContaining(`va mañana. Su numero: ${readable(provider.number)}`),
    ]);
    on.platform.clock.advance({ days: 1 });
    await on.settle();
    expect(await producer.says("ESTADO")).toEqual([expect.stringMatching(/ va hoy\. Su numero/)]);
    on.platform.clock.advance({ days: 1 });
    await on.settle();
    await producer.reads();
    expect(await producer.says("ESTADO")).toEqual([
      expect.stringMatching(/ iba el .+ Escriba VINO o NO VINO/),
    ]);
    await producer.says("vino");
    await producer.says("5");
    expect(await producer.says("ESTADO")).toEqual([
      expect.stringMatching(/^Usted no tiene pedidos abiertos/),
    ]);
  });

  test("tells a provider what they are asked and what they have promised", async () => {
    const { producer, provider } = await on.waiting();
    expect(await provider.says("ESTADO")).toEqual([
      expect.stringMatching(/^Pedido: .+ Responda SI o NO antes de/),
    ]);
    await provider.says("si");
    expect(await provider.says("ESTADO")).toEqual([
      expect.stringMatching(
        /^Usted tiene una visita el .+Tocache, .+Al terminar escriba LISTO\. Si no puede ir/,
      ),
    ]);
    expect((await provider.says("ESTADO"))[0]).toContain(readable(producer.number));
  });
});

describe("CANCELAR", () => {
  const off = expect.stringMatching(/^Su pedido de .+ quedo anulado\.$/);
  const offForProvider = expect.stringMatching(
    /^El pedido de .+ en Tocache quedo anulado\. Ya no tiene que ir/,
  );

  test("while choosing ends the list", async () => {
    const producer = await on.choosing();
    expect(await producer.says("CANCELAR")).toEqual([off]);
    expect(await producer.says("1")).toEqual([expect.stringMatching(/^Esa lista ya vencio/)]);
    expect((await on.requestOf(producer.number)).state).toBe("cancelled");
  });

  test("while a provider is asked tells both, and a late SI changes nothing", async () => {
    const { producer, provider } = await on.waiting();
    expect(await producer.says("ya no quiero")).toEqual([off]);
    expect(await provider.reads()).toEqual([offForProvider]);
    expect(await provider.says("si")).toHaveLength(1);
    expect((await on.requestOf(producer.number)).state).toBe("cancelled");
    expect(await producer.reads()).toEqual([]);
  });

  test("after both agreed tells both, and nobody is asked afterwards how it was", async () => {
    const { producer, provider } = await on.agreed();
    expect(await producer.says("CANCELAR")).toEqual([off]);
    expect(await provider.reads()).toEqual([offForProvider]);
    on.platform.clock.advance({ days: 5 });
    await on.settle();
    expect(await producer.reads()).toEqual([]);
    expect(await provider.reads()).toEqual([]);
  });

  test("while asked whether somebody came calls the visit off", async () => {
    const { producer, provider } = await on.outcomeAsked();
    await provider.reads();
    expect(await producer.says("CANCELAR")).toEqual([off]);
    expect(await provider.reads()).toEqual([offForProvider]);
    expect(await producer.says("si")).toEqual([expect.stringMatching(/^No tenemos ninguna pregunta/)]);
  });

  test("with a person looking takes it back from them", async () => {
    const producer = await on.choosing();
    while ((await on.requestOf(producer.number)).state === "listed") await producer.says("no");
    expect((await on.requestOf(producer.number)).state).toBe("with_operator");
    expect(await producer.says("CANCELAR")).toEqual([off]);
  });

  test("with nothing open says so", async () => {
    expect(await on.stranger().says("CANCELAR")).toEqual([
      expect.stringMatching(/^Usted no tiene pedidos abiertos/),
    ]);
  });

  test("from a provider who is asked is a NO", async () => {
    const { producer, provider } = await on.waiting();
    expect(await provider.says("CANCELAR")).toEqual([
      expect.stringMatching(/^Esta bien, le preguntamos a otra/),
    ]);
    expect(await producer.reads()).toEqual([expect.stringMatching(/ no puede\. Ya le preguntamos a/)]);
  });
});

describe("a person at Minka", () => {
  type Item = { id: string; kind: string; phone: string; text: string | null };

  async function signIn(): Promise<Record<string, string>> {
    const { app } = on.platform;
    const operator = await on.someoneAt(operatorPhone);
    const asked = await app.inject({
      method: "POST",
      url: "/api/auth/codes",
      payload: { phone: operatorPhone },
    });
    expect(asked.statusCode).toBe(202);
    await on.settle();
    const code = /es (\d{6})\./.exec((await operator.reads()).join(" "))?.[1];
    const exchanged = await app.inject({
      method: "POST",
      url: "/api/auth/tokens",
      payload: { phone: operatorPhone, code },
    });
    expect(exchanged.statusCode).toBe(200);
    return { authorization: `Bearer ${exchanged.json<{ accessToken: string }>().accessToken}` };
  }

  test("is asked for with PERSONA and by complaints, and lists and resolves what waits", async () => {
    const producer = await on.registered();
    expect(await producer.says("PERSONA")).toEqual([
      expect.stringMatching(/^Una persona de Minka le va a responder/),
    ]);
    const angry: Party = await on.registered();
    expect(await angry.says("el tecnico me cobro de mas y me engaño")).toEqual([
      expect.stringMatching(/^Gracias por contarnos\. Una persona/),
    ]);
    const headers = await signIn();
    const list = async () => {
      const response = await on.platform.app.inject({ url: "/api/notifications/attention", headers });
      expect(response.statusCode).toBe(200);
      return response.json<{ items: Item[] }>().items;
    };
    const mine = (items: Item[]) =>
      items.filter(({ phone }) => [producer, angry].some(({ number }) => number.endsWith(phone.slice(-3))));
    const items = mine(await list());
    expect(items.map(({ kind, text }) => [kind, text])).toEqual([
      ["human_wanted", "PERSONA"],
      ["complaint", "el tecnico me cobro de mas y me engaño"],
    ]);
    for (const { id, phone } of items) {
      expect(phone).not.toContain(producer.number.slice(3, 9));
      const resolve = () =>
        on.platform.app.inject({
          method: "POST",
          url: `/api/notifications/attention/${id}/resolution`,
          headers,
          payload: { note: "llamado" },
        });
      expect((await resolve()).statusCode).toBe(200);
      expect((await resolve()).statusCode).toBe(409);
    }
    expect(mine(await list())).toEqual([]);
  });

  test("is nobody without an operator's token", async () => {
    const response = await on.platform.app.inject({ url: "/api/notifications/attention" });
    expect(response.statusCode).toBe(401);
  });
});

function readable(number: string): string {
  return `${number.slice(3, 6)} ${number.slice(6, 9)} ${number.slice(9)}`;
}

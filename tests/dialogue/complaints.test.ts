import { describe, expect, test } from "vitest";
import { stage, type Party } from "./scene.ts";
import { signIn } from "./sign-in.ts";

const operatorPhone = "+51999000111";
const on = stage({ environment: { OPERATOR_PHONES: operatorPhone } });

let operator: Awaited<ReturnType<typeof signIn>> | undefined;
async function signedInOperator() {
  operator ??= await signIn(on, await on.someoneAt(operatorPhone));
  return operator;
}
const asOperator = async () => (await signedInOperator()).post;

const paused =
  /^Gracias por contarnos\. Una persona de Minka lo vera\. Mientras tanto .+ no recibe mas visitas\.$/;
const plain = /^Gracias por contarnos\. Una persona de Minka lo vera y le respondera\.$/;

const items = async ({ number }: Party) => [
  ...(await on.owner`
    select kind, subject, phone from notifications.attention_items
    where phone = ${number} and kind in ('complaint', 'visit_in_doubt') order by at, id`),
];
const complaintsOver = async (requestId: string) => [
  ...(await on.owner`select state from matching.complaints where request_id = ${requestId} order by id`),
];
const stateOf = async (providerId: string) =>
  (await on.owner`select state from catalog.providers where id = ${providerId}`)[0]?.["state"];
const providerIds = async ({ number }: Party) =>
  (await on.requestOf(number)).matches.map(({ providerId }) => providerId);

async function engaged() {
  const both = await on.agreed();
  const request = await on.requestOf(both.producer.number);
  return { ...both, request, providerId: request.engagement?.providerId ?? "" };
}

/** Another producer who has agreed with the same provider. */
async function engagedWith(providerId: string): Promise<{ producer: Party; requestId: string }> {
  const producer = await on.choosing();
  await producer.says(String((await providerIds(producer)).indexOf(providerId) + 1));
  await (await on.askedBy(producer)).says("si mañana");
  await producer.reads();
  return { producer, requestId: (await on.requestOf(producer.number)).id };
}

async function settle(requestId: string, outcome: "upheld" | "dismissed"): Promise<void> {
  const [row] = await on.owner`
    select id from matching.complaints where request_id = ${requestId} and state = 'raised'`;
  const post = await asOperator();
  expect((await post(`/api/matching/complaints/${row?.["id"]}/settlement`, { outcome })).status).toBe(200);
  await on.settle();
}

async function decide(providerId: string, step: "reinstatement" | "suspension"): Promise<void> {
  const post = await asOperator();
  const body = { reason: "Hablamos con las dos familias" };
  expect((await post(`/api/catalog/providers/${providerId}/${step}`, body)).status).toBe(200);
  await on.settle();
}

describe("a complaint", () => {
  test("pauses at once the provider they dealt with, tells a person, and the provider nothing", async () => {
    const { producer, provider, request, providerId } = await engaged();
    expect(await producer.says("el tecnico me ha estafado, me cobro y no hizo nada")).toEqual([
      expect.stringMatching(paused),
    ]);
    expect(await stateOf(providerId)).toBe("held");
    expect(await provider.reads()).toEqual([]);
    expect(await items(producer)).toEqual([
      { kind: "complaint", subject: providerId, phone: producer.number },
      // The visit that they had agreed on stays, and a person calls both.
      { kind: "visit_in_doubt", subject: request.id, phone: producer.number },
    ]);
    expect((await on.requestOf(producer.number)).engagement).toEqual(request.engagement);
    // Nobody finds them, in a list of candidates or of offers.
    expect(await providerIds(await on.choosing())).not.toContain(providerId);
    const shown = await on.platform.app.inject({ url: `/api/catalog/providers/${providerId}` });
    expect(shown.statusCode).toBe(404);
    // Why is in the record that operators read; who is not.
    const [decision] = await on.owner`
      select transition, "by", reason from catalog.provider_decisions
      where provider_id = ${providerId} order by at desc, id desc limit 1`;
    expect(decision).toEqual({
      transition: "hold",
      by: "service:matching",
      reason: "Una persona de Minka revisa una queja.",
    });
    const url = `/api/catalog/providers/${providerId}/record`;
    const seenBy = async ({ token }: { token: string }) => {
      const headers = { authorization: `Bearer ${token}` };
      const { decisions } = (await on.platform.app.inject({ url, headers })).json().provider;
      return decisions.map(({ transition }: { transition: string }) => transition);
    };
    expect(await seenBy(await signedInOperator())).toContain("hold");
    // Its contact, who knows at whose farm they were that minute, is not shown it.
    expect(await seenBy(await signIn(on, provider))).not.toContain("hold");
    await provider.reads();
    await decide(providerId, "reinstatement");
    expect(await provider.reads()).toEqual([]);
  });

  test("dismissed, the provider works again and hears of nothing", async () => {
    const { producer, provider, request, providerId } = await engaged();
    await producer.says("quiero poner una queja del tecnico");
    expect(await stateOf(providerId)).toBe("held");
    await settle(request.id, "dismissed");
    expect(await stateOf(providerId)).toBe("verified");
    expect(await complaintsOver(request.id)).toEqual([{ state: "dismissed" }]);
    expect(await provider.reads()).toEqual([]);
    expect(await providerIds(await on.choosing())).toContain(providerId);
  });

  test("while another person's is open or one was upheld, dismissing lets nobody work again", async () => {
    const { producer, request, providerId } = await engaged();
    const other = await engagedWith(providerId);
    await producer.says("quiero poner una queja del tecnico");
    await other.producer.says("quiero poner una queja del tecnico");
    await settle(request.id, "dismissed");
    expect(await stateOf(providerId)).toBe("held");
    await settle(other.requestId, "upheld");
    expect(await stateOf(providerId)).toBe("held");
    await decide(providerId, "reinstatement");
    expect(await stateOf(providerId)).toBe("verified");
  });

  test("moved to whom they meant, the hold goes with it", async () => {
    const { producer, request, providerId } = await engaged();
    await producer.says("necesito tecnico para podar mi cacao en tocache");
    const number = (await providerIds(producer)).findIndex((id) => id !== providerId) + 1;
    await producer.says(String(number));
    const second = await on.askedBy(producer);
    await second.says("si mañana");
    await producer.reads();
    const newer = await on.requestOf(producer.number);
    const meant = newer.engagement?.providerId ?? "";
    await producer.says("quiero poner una queja del tecnico");
    expect([await stateOf(meant), await stateOf(providerId)]).toEqual(["held", "verified"]);
    const [row] = await on.owner`select id from matching.complaints where request_id = ${newer.id}`;
    const post = await asOperator();
    const body = { matchId: request.engagement?.matchId };
    expect((await post(`/api/matching/complaints/${row?.["id"]}/dealing`, body)).status).toBe(200);
    await on.settle();
    expect([await stateOf(meant), await stateOf(providerId)]).toEqual(["verified", "held"]);
    await decide(providerId, "reinstatement");
  });

  test("about one who is only being asked it is told to a person, and holds nobody", async () => {
    const { producer } = await on.waiting();
    const [asked] = (await on.requestOf(producer.number)).matches.filter(({ state }) => state === "asked");
    expect(await producer.says("quiero poner una queja del tecnico")).toEqual([expect.stringMatching(plain)]);
    expect(await stateOf(asked?.providerId ?? "")).toBe("verified");
    expect(await items(producer)).toEqual([
      { kind: "complaint", subject: asked?.providerId, phone: producer.number },
    ]);
  });

  test.each([
    "ninguna queja",
    "el tecnico no me estafo",
    "me robaron la moto",
    "no es una queja",
    "sin queja alguna",
  ])("%s is none", async (text) => {
    const { producer, providerId } = await engaged();
    await producer.says(text);
    expect(await stateOf(providerId)).toBe("verified");
    expect(await items(producer)).toEqual([]);
  });

  test("taken back, a person is told, and nobody is held for the words", async () => {
    const { producer, providerId } = await engaged();
    for (const text of ["quiero retirar mi queja", "me equivoque no era queja"])
      expect(await producer.says(text)).toEqual([expect.stringMatching(/^Gracias por avisar\. Una persona/)]);
    expect(await stateOf(providerId)).toBe("verified");
    expect((await items(producer)).map(({ kind }) => kind)).toEqual(["complaint", "complaint"]);
  });

  test("what the provider is being asked goes to the next, and who asked reads it", async () => {
    const { producer, providerId } = await engaged();
    const other = await on.choosing();
    const number = (await providerIds(other)).indexOf(providerId) + 1;
    expect(number).toBeGreaterThan(0);
    await other.says(String(number));
    expect((await on.askedBy(other)).name).toBeTruthy();
    await producer.says("quiero quejarme del tecnico que vino, me falto el respeto");
    expect(await other.reads()).toEqual([expect.stringMatching(/ no puede\. Ya le preguntamos a /)]);
    expect((await on.requestOf(other.number)).matches[number - 1]?.state).toBe("declined");
    await decide(providerId, "reinstatement");
  });

  test("said again it stops nobody again, before a decision or after it", async () => {
    const { producer, request, providerId } = await engaged();
    await producer.says("quiero poner una queja del tecnico");
    expect(await producer.says("es un ratero ese tecnico, quiero quejarme")).toEqual([
      expect.stringMatching(paused),
    ]);
    expect(await complaintsOver(request.id)).toEqual([{ state: "raised" }]);
    // Each is a message that a person reads.
    expect((await items(producer)).filter(({ kind }) => kind === "complaint")).toHaveLength(2);
    await decide(providerId, "reinstatement");
    expect(await complaintsOver(request.id)).toEqual([{ state: "dismissed" }]);
    expect(await producer.says("quiero poner una queja del tecnico")).toEqual([expect.stringMatching(plain)]);
    expect(await stateOf(providerId)).toBe("verified");
  });

  test("lifted, they are found again; suspended, the complaint is upheld and they read why", async () => {
    const { producer, provider, request, providerId } = await engaged();
    await producer.says("quiero quejarme del tecnico, me cobro de mas");
    await decide(providerId, "suspension");
    expect(await complaintsOver(request.id)).toEqual([{ state: "upheld" }]);
    expect(await provider.reads()).toEqual([expect.stringMatching(/ suspendido .*dos familias/)]);
    await decide(providerId, "reinstatement");
    expect(await provider.reads()).toEqual([expect.stringMatching(/ya no esta suspendido/)]);
    expect(await providerIds(await on.choosing())).toContain(providerId);
  });

  test("who has dealt with nobody pauses nobody, and is heard", async () => {
    const stranger = on.stranger();
    expect(await stranger.says("quiero poner una queja, me estafaron")).toEqual([
      expect.stringMatching(plain),
    ]);
    const choosing = await on.choosing();
    const before = await providerIds(choosing);
    expect(await choosing.says("quiero poner una queja del tecnico")).toEqual([expect.stringMatching(plain)]);
    for (const party of [stranger, choosing])
      expect(await items(party)).toEqual([{ kind: "complaint", subject: null, phone: party.number }]);
    for (const providerId of before) expect(await stateOf(providerId)).toBe("verified");
  });

  test("after two months it is about nobody any more", async () => {
    const { producer, providerId } = await engaged();
    on.platform.clock.advance({ days: 63 });
    await on.settle();
    await producer.reads();
    expect(await producer.says("quiero poner una queja del tecnico")).toEqual([expect.stringMatching(plain)]);
    expect(await stateOf(providerId)).toBe("verified");
  });
});

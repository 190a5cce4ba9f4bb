import { eq } from "@minka/database/query";
import { afterAll, beforeAll, expect, test } from "vitest";
import { raiseAttention, type AttentionKind } from "../src/attention/raise-attention.ts";
import { audit, optOuts, outboundMessages } from "../src/tables.ts";
import { otherPhone, phone, runMessaging, type MessagingRun } from "./messaging-run.ts";

let run: MessagingRun;
beforeAll(async () => {
  run = await runMessaging();
});
afterAll(() => run.stop());

const as = (token: string | null) => ({ headers: token ? { authorization: `Bearer ${token}` } : {} });
const list = (query = "", token: string | null = run.operatorToken()) =>
  run.app.inject({ url: `/api/notifications/attention${query}`, ...as(token) });
const resolve = (itemId: string, payload: object = {}, token = run.operatorToken()) =>
  run.app.inject({
    method: "POST",
    url: `/api/notifications/attention/${itemId}/resolution`,
    payload,
    ...as(token),
  });
type Raised = { text?: string; messageId?: string; kind?: AttentionKind; phone?: string; subject?: string };
const raise = (item: Raised) =>
  run.db.transaction((tx) => raiseAttention(tx, { kind: "complaint", phone, at: run.clock(), ...item }));
const contact = (itemId: string, token: string | null = run.operatorToken()) =>
  run.app.inject({ url: `/api/notifications/attention/${itemId}/contact`, ...as(token) });
const reply = (itemId: string, text: string, { token = run.operatorToken(), key = "" } = {}) =>
  run.app.inject({
    method: "POST",
    url: `/api/notifications/attention/${itemId}/reply`,
    payload: { text },
    headers: { authorization: `Bearer ${token}`, ...(key ? { "idempotency-key": key } : {}) },
  });
const audited = async (subject: string) =>
  (await run.db.read.select().from(audit).where(eq(audit.subject, subject))).map(({ actor, action }) => [
    actor,
    action,
  ]);
const operator = "person:0199d0c5-7a41-7000-8000-000000000001";
const nowhere = "0199d0c5-7a41-7000-8000-00000000ffff";

test("an operator sees what waits, oldest first and page by page, and deals with it", async () => {
  const messageId = await run.enqueue({ text: "Su visita es hoy" });
  const ids = [await raise({ text: "uno" }), await raise({ text: "dos" })];
  run.clock.advance({ minutes: 1 });
  ids.push(await raise({ messageId }));

  const first = (await list("?limit=2")).json();
  expect(first.items).toEqual([
    {
      id: ids[0],
      kind: "complaint",
      phone: "+51*****321",
      text: "uno",
      subject: null,
      conversationId: null,
      at: "2026-11-24T14:00:00.000Z",
    },
    {
      id: ids[1],
      kind: "complaint",
      phone: "+51*****321",
      text: "dos",
      subject: null,
      conversationId: null,
      at: "2026-11-24T14:00:00.000Z",
    },
  ]);
  const second = (await list(`?limit=2&cursor=${first.next}`)).json();
  expect(second).toMatchObject({ items: [{ id: ids[2], text: "Su visita es hoy" }], next: null });

  const [, middle = ""] = ids;
  expect((await resolve(middle, { note: "Se le llamó" })).json()).toEqual({ id: middle });
  expect((await list()).json().items.map(({ id }: { id: string }) => id)).toEqual([ids[0], ids[2]]);
  expect(await run.db.read.select().from(audit)).toMatchObject([
    { actor: "person:0199d0c5-7a41-7000-8000-000000000001", action: "resolved-attention", subject: middle },
  ]);

  const again = await resolve(middle);
  expect(again.statusCode).toBe(409);
  expect(again.json()).toMatchObject({ code: "attention-resolved" });
  expect((await resolve("0199d0c5-7a41-7000-8000-00000000ffff")).statusCode).toBe(404);
});

test("nobody but an operator sees it", async () => {
  expect((await list("", null)).statusCode).toBe(401);
  expect((await list("", run.operatorToken(false))).statusCode).toBe(403);
  const id = await raise({});
  expect((await resolve(id, {}, run.operatorToken(false))).statusCode).toBe(403);
  expect((await list("?cursor=bm8")).json()).toMatchObject({ code: "cursor-wrong" });
});

test("an operator gets the phone behind an item, and each look is written down", async () => {
  const id = await raise({});
  expect((await contact(id)).json()).toEqual({ phone });
  expect((await contact(id)).statusCode).toBe(200);
  expect(await audited(id)).toEqual([
    [operator, "read-attention-contact"],
    [operator, "read-attention-contact"],
  ]);
  expect((await contact(id, run.operatorToken(false))).statusCode).toBe(403);
  expect((await contact(id, null)).statusCode).toBe(401);
  expect((await contact(nowhere)).json()).toMatchObject({ code: "attention-not-found" });
  expect(await audited(id)).toHaveLength(2);
});

test("an operator's own words go out as one SMS, however often the command is repeated", async () => {
  const id = await raise({ kind: "human_wanted", phone: otherPhone });
  const first = await reply(id, "Mañana lo llama Ana", { key: "k1" });
  expect(first.statusCode).toBe(202);
  expect((await reply(id, "Mañana lo llama Ana", { key: "k1" })).json()).toEqual(first.json());
  expect((await reply(id, "Otra cosa", { key: "k1" })).statusCode).toBe(422);
  await run.settle();
  const sent = await run.db.read
    .select({ id: outboundMessages.id, body: outboundMessages.body, state: outboundMessages.state })
    .from(outboundMessages)
    .where(eq(outboundMessages.phone, otherPhone));
  expect(sent).toEqual([{ id: first.json().messageId, body: "Mañana lo llama Ana", state: "sent" }]);
  expect(await audited(id)).toEqual([[operator, "replied-to-attention"]]);
  expect((await list("?limit=100")).json().items.map((item: { id: string }) => item.id)).toContain(id);
});

test("a reply is an operator's, has words, and is no longer than 300 characters", async () => {
  const id = await raise({});
  expect((await reply(id, "Hola", { token: run.operatorToken(false) })).statusCode).toBe(403);
  expect((await reply(id, " ")).statusCode).toBe(422);
  expect((await reply(id, "a".repeat(301))).statusCode).toBe(422);
  expect((await reply(id, "a".repeat(300))).statusCode).toBe(202);
  expect((await reply(nowhere, "Hola")).statusCode).toBe(404);
});

test("who said BAJA is answered when they wrote, and not written to for another reason", async () => {
  const optedOut = "+51955555555";
  await run.db.read.insert(optOuts).values({ phone: optedOut, since: run.clock() });
  const stateOf = async (kind: AttentionKind) => {
    const answer = await reply(await raise({ kind, phone: optedOut }), "Le contestamos");
    await run.settle();
    return (await run.outbound(answer.json().messageId)).state;
  };
  expect(await stateOf("human_wanted")).toBe("sent");
  expect(await stateOf("request_handed_over")).toBe("withheld");
});

test("an item is settled without a note, and then without a body", async () => {
  await raise({ text: "quiero quejarme" });
  const [item] = (await list()).json<{ items: { id: string }[] }>().items;
  const url = `/api/notifications/attention/${item?.id}/resolution`;
  const settled = await run.app.inject({ method: "POST", url, ...as(run.operatorToken()) });
  expect(settled.statusCode).toBe(200);
});

test("an operator narrows the list to a kind and days, and turns it round", async () => {
  const ids = async (query: string) =>
    (await list(`?kind=plan_visits_left${query}`)).json().items.map(({ id }: { id: string }) => id);
  const first = await raise({ kind: "plan_visits_left" });
  await raise({ kind: "provider_silent" });
  run.clock.advance({ days: 1 });
  const today = run.clock().toISOString().slice(0, 10);
  const second = await raise({ kind: "plan_visits_left" });
  const third = await raise({ kind: "plan_visits_left" });
  expect(await ids("")).toEqual([first, second, third]);
  expect(await ids("&order=newest")).toEqual([third, second, first]);
  expect(await ids(`&from=${today}`)).toEqual([second, third]);
  expect(await ids(`&until=${today}`)).toHaveLength(3);
  expect(await ids("&until=2026-11-23")).toEqual([]);
  const page = (await list("?kind=plan_visits_left&order=newest&limit=2")).json();
  expect(await ids(`&order=newest&limit=2&cursor=${page.next}`)).toEqual([first]);
});

test("what one thing is about is found however much waits before it", async () => {
  const subject = "0199d0c5-7a41-7000-8000-0000000000aa";
  await raise({ text: "otra cosa" });
  const itemId = await raise({ kind: "request_handed_over", subject });
  const found = (await list(`?subject=${subject}&limit=1`)).json();
  expect(found).toMatchObject({ items: [{ id: itemId, subject }], next: null });
});

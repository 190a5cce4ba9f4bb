import { afterAll, beforeAll, expect, test } from "vitest";
import { raiseAttention } from "../src/attention/raise-attention.ts";
import { audit } from "../src/tables.ts";
import { phone, runMessaging, type MessagingRun } from "./messaging-run.ts";

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
const raise = (item: { text?: string; messageId?: string }) =>
  run.db.transaction((tx) => raiseAttention(tx, { kind: "complaint", phone, at: run.clock(), ...item }));

test("an operator sees what waits, oldest first and page by page, and deals with it", async () => {
  const messageId = await run.enqueue({ text: "Su visita es hoy" });
  const ids = [await raise({ text: "uno" }), await raise({ text: "dos" })];
  run.clock.advance({ minutes: 1 });
  ids.push(await raise({ messageId }));

  const first = (await list("?limit=2")).json();
  expect(first.items).toEqual([
    { id: ids[0], kind: "complaint", phone: "+51*****321", text: "uno", at: "2026-11-24T14:00:00.000Z" },
    { id: ids[1], kind: "complaint", phone: "+51*****321", text: "dos", at: "2026-11-24T14:00:00.000Z" },
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
  expect((await list("?cursor=bm8")).json()).toMatchObject({ code: "cursor-invalid" });
});

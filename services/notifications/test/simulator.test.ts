import { simulatorRead } from "@minka/contracts/notifications";
import { afterAll, beforeAll, expect, test } from "vitest";
import { otherPhone, phone, runMessaging, type MessagingRun } from "./messaging-run.ts";

let run: MessagingRun;
beforeAll(async () => {
  run = await runMessaging();
});
afterAll(() => run.stop());

type Place = { remoteAddress?: string; headers?: Record<string, string> };

const write = (from: string, text: string, { headers, ...place }: Place = {}, on = run) =>
  on.app.inject({
    method: "POST",
    url: "/simulator/messages",
    payload: { from, text },
    headers: headers ?? {},
    ...place,
  });
const read = (of: string, { headers, ...place }: Place = {}, on = run) =>
  on.app.inject({
    url: `/simulator/messages?phone=${encodeURIComponent(of)}`,
    headers: headers ?? {},
    ...place,
  });

test("a phone shows what it wrote and received, in order, with segments", async () => {
  const { statusCode, body } = await write(phone, "Necesito abono");
  expect(statusCode).toBe(202);
  run.clock.advance({ seconds: 1 });
  await run.enqueue({ text: `Hay abono en Jaén, mañana. ${"a".repeat(150)}` });
  await run.enqueue({ phone: otherPhone, text: "Es para otro" });
  await run.settle();
  run.clock.advance({ seconds: 1 });
  await write(phone, "");
  const { messages } = (await read(phone)).json();
  expect(messages).toEqual([
    {
      id: JSON.parse(body).id,
      direction: "in",
      text: "Necesito abono",
      at: "2026-11-24T14:00:00.000Z",
      segments: 1,
    },
    {
      id: expect.any(String),
      direction: "out",
      text: `Hay abono en Jaén, mañana. ${"a".repeat(150)}`,
      at: "2026-11-24T14:00:01.000Z",
      segments: 2,
    },
    { id: expect.any(String), direction: "in", text: "", at: "2026-11-24T14:00:02.000Z", segments: 0 },
  ]);
});

test("a repeated command is one message", async () => {
  const headers = { "idempotency-key": "the-same" };
  const first = await write("+51900000001", "una vez", { headers });
  const again = await write("+51900000001", "una vez", { headers });
  expect(again.json()).toEqual(first.json());
  expect((await write("+51900000001", "otra", { headers })).statusCode).toBe(422);
  expect((await read("+51900000001")).json().messages).toHaveLength(1);
});

test("what is not to be kept is gone from the phone when it has expired", async () => {
  const expiresAt = new Date(run.clock().getTime() + 600_000);
  await run.enqueue({ phone: "+51900000002", text: "Su clave es 123456", ephemeral: true, expiresAt });
  await run.enqueue({ phone: "+51900000002", text: "Hola", expiresAt });
  await run.settle();
  expect((await read("+51900000002")).json().messages).toHaveLength(2);
  run.clock.advance({ minutes: 10 });
  expect((await read("+51900000002")).json().messages).toMatchObject([{ text: "Hola" }]);
});

test("it answers this machine alone, and other services of Minka", async () => {
  for (const remoteAddress of ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"]) {
    expect((await read(phone, { remoteAddress })).statusCode, remoteAddress).toBe(200);
  }
  const outside: Place[] = [
    { remoteAddress: "192.168.1.20" },
    { remoteAddress: "2001:db8::1" },
    { remoteAddress: "127.0.0.1", headers: { "x-forwarded-for": "203.0.113.9" } },
    { remoteAddress: "127.0.0.1", headers: { forwarded: "for=203.0.113.9" } },
  ];
  for (const place of outside) {
    for (const response of [await read(phone, place), await write(phone, "hola", place)]) {
      expect(response.statusCode).toBe(403);
      expect(response.json()).toMatchObject({ code: "simulator-loopback-only" });
    }
  }
  const answer = await run.callAs("web")(
    simulatorRead,
    { query: { phone: otherPhone } },
    { trace: "test-trace" },
  );
  expect(answer.messages).toHaveLength(1);
});

test("SIMULATOR_PUBLIC opens it", async () => {
  const open = await runMessaging({ SIMULATOR_PUBLIC: "true" });
  try {
    expect((await write(phone, "hola", { remoteAddress: "192.168.1.20" }, open)).statusCode).toBe(202);
    expect((await write("987654321", "hola", {}, open)).statusCode).toBe(422);
  } finally {
    await open.stop();
  }
});

import { gzipSync } from "node:zlib";
import { runForTest, type TestRun } from "@minka/test-kit/run-for-test";
import { afterEach, expect, test } from "vitest";
import { web } from "../src/service.ts";
import { fakeNotifications } from "./fake-neighbours.ts";

const producer = "+51900900077";
const agent = "+51987000001";
const address = `/simulator?${new URLSearchParams({ a: producer, b: agent }).toString()}`;

let run: TestRun | undefined;

afterEach(async () => {
  await run?.stop();
  run = undefined;
});

async function start(environment: Record<string, string> = {}, notifications = fakeNotifications()) {
  run = await runForTest([notifications.service, web], { environment });
  return { app: run.app, notifications };
}

const send = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  run?.app.inject({
    method: "POST",
    url: "/simulator/phones",
    headers: { "content-type": "application/x-www-form-urlencoded", accept: "text/html", ...headers },
    payload: new URLSearchParams({ a: producer, b: agent, ...fields }).toString(),
  });

test("a message sent by the form alone appears after the redirect, with its answer", async () => {
  const { app } = await start();
  const sent = await send({ side: "a", text: "tecnico cacao <tocache>" });
  expect(sent?.statusCode).toBe(303);
  expect(sent?.headers.location).toBe(address);
  const page = (await app.inject(address)).body;
  expect(page).toContain("<span>tecnico cacao &#60;tocache&#62;</span");
  expect(page).toContain("<span>Leímos: tecnico cacao &#60;tocache&#62;</span");
  expect(page).toMatch(/6:05.p\..m\./);
  expect(page).toContain("2 SMS");
});

test("a phrase to try is sent from its own phone, whatever stands in the field", async () => {
  const { notifications } = await start();
  await send({ side: "b", text: "half written", phrase: "SI" });
  expect(notifications.messages.get(agent)?.[0]?.text).toBe("SI");
  expect(notifications.messages.has(producer)).toBe(false);
});

test("an empty message is not sent", async () => {
  const { notifications } = await start();
  expect((await send({ side: "a", text: "  " }))?.statusCode).toBe(303);
  expect(notifications.messages.size).toBe(0);
});

test("keeps what was typed when the message could not be sent", async () => {
  const { notifications } = await start();
  notifications.state = "down";
  const answer = await send({ side: "a", text: 'poda "urgente"' });
  expect(answer?.statusCode).toBe(503);
  expect(answer?.body).toContain("El mensaje no salió");
  expect(answer?.body).toContain("poda &#34;urgente&#34;");
  expect(answer?.body).toContain("No pudimos leer los mensajes");
});

test("begins with a newcomer and the first suggested number", async () => {
  const { app } = await start({ SIMULATOR_PHONES: "987000001 Rosa Pinchi, técnica; 987000002 Elmer" });
  const page = (await app.inject("/simulator")).body;
  expect(page).toContain('data-phone="+51900900001"');
  expect(page).toContain('data-phone="+51987000001"');
  expect(page).toContain("Rosa Pinchi, técnica");
  expect(page).toContain('href="/simulator?a&#61;%2B51987000002&#38;b&#61;%2B51987000001"');
});

test("reads a number whose plus sign was not escaped", async () => {
  const { app } = await start();
  expect((await app.inject("/simulator?a=+51987654321")).body).toContain('data-phone="+51987654321"');
});

test("has no inline script, and its script is small", async () => {
  const { app } = await start();
  const page = (await app.inject(address)).body;
  expect(page).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
  const url = /src="(\/assets\/simulator\.[^"]+)"/.exec(page)?.[1] ?? "";
  const script = await app.inject(url);
  expect(script.headers["content-type"]).toContain("text/javascript");
  expect(script.rawPayload.length).toBeLessThanOrEqual(3 * 1024);
  const style = await app.inject(/href="(\/assets\/style[^"]+)"/.exec(page)?.[1] ?? "");
  const total = [page, script.rawPayload, style.rawPayload].reduce(
    (sum, part) => sum + gzipSync(part).length,
    0,
  );
  expect(total).toBeLessThanOrEqual(14 * 1024);
});

test("stays light after a long conversation, and shows its end", async () => {
  const { app } = await start();
  for (let number = 0; number < 60; number++) {
    await app.inject({
      method: "POST",
      url: "/simulator/messages",
      payload: { from: producer, text: `pedido ${number}` },
    });
  }
  const page = (await app.inject(address)).body;
  expect(page).toContain("Leímos: pedido 59");
  expect(page.match(/data-id/g)).toHaveLength(40);
});

test("answers only its own machine, unless opened", async () => {
  const { app } = await start();
  const stranger = await app.inject({
    url: "/simulator",
    remoteAddress: "203.0.113.9",
    headers: { accept: "text/html" },
  });
  expect(stranger.statusCode).toBe(403);
  const proxied = await app.inject({ url: "/simulator", headers: { "x-forwarded-for": "203.0.113.9" } });
  expect(proxied.statusCode).toBe(403);
  expect(stranger.body).toContain("Esta página no está abierta");
  expect((await app.inject({ url: "/simulator", remoteAddress: "::ffff:127.0.0.1" })).statusCode).toBe(200);
  await run?.stop();
  const { app: opened } = await start({ SIMULATOR_PUBLIC: "true" });
  expect((await opened.inject({ url: "/simulator", remoteAddress: "203.0.113.9" })).statusCode).toBe(200);
});

test("takes no message from a form on another site", async () => {
  const { notifications } = await start();
  expect((await send({ side: "a", text: "hola" }, { "sec-fetch-site": "cross-site" }))?.statusCode).toBe(403);
  expect(notifications.messages.size).toBe(0);
});

test("is not there while a real gateway carries the messages", async () => {
  const { app } = await start({ SMS_GATEWAY: "android" });
  expect((await app.inject("/simulator")).statusCode).toBe(404);
  expect((await send({ side: "a", text: "hola" }))?.statusCode).toBe(404);
});

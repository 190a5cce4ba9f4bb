import { chooseMatch, openRequest, readRequest } from "@minka/contracts/matching";
import { makeQuote } from "@minka/contracts/quotes";
import { contactCards, identifyPhone } from "@minka/contracts/profiles";
import type { Need } from "@minka/contracts/need";
import { afterAll, beforeAll, expect, test } from "vitest";
import { browse, type Visitor } from "../support/browse.ts";
import { startTestPlatform, type TestPlatform } from "../support/test-platform.ts";

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform.stop());

const rosa = "+51900000002";
const at = { trace: "provider-pages" };
const pruning: Need = { kind: "assistance", topic: "pruning", crop: "cacao" };

/** Somebody has chosen an agent, who is asked now: their browser and where their order is. */
async function asked(need: Need = pruning) {
  const call = platform.callAs("notifications");
  const { person } = await call(identifyPhone, { body: { phone: rosa } }, at);
  const personId = person?.id ?? "";
  const body = { personId, need, districtCode: "221001", channel: "sms" as const };
  const { requestId } = await call(openRequest, { body }, at);
  await platform.settle();
  const { request } = await call(readRequest, { params: { requestId } }, at);
  const [match] = request.matches;
  if (!match) throw new Error("nobody was found");
  await call(chooseMatch, { params: { matchId: match.id } }, at);
  await platform.settle();
  const { contacts } = await call(contactCards, { body: { personIds: [match.providerPersonId] } }, at);
  const agent = await browse(platform, contacts[0]?.phone ?? "");
  return { requestId, match, agent, inbox: `/mi-servicio/${match.providerId}` };
}

const follow = (visitor: Visitor, { html }: { html: string }, path: RegExp) => {
  const address = path.exec(html)?.[0];
  if (!address) throw new Error(`no link like ${path}`);
  return visitor.open(address);
};
const orderPath = /\/mi-servicio\/[\w-]+\/pedidos\/[\w-]+/;

test("an agent answers an order, meets the producer, says that it is done and rates", async () => {
  const { agent, inbox } = await asked();
  const waiting = await agent.open(inbox);
  expect(waiting.h1).toBe("1 pedido espera su respuesta");
  expect(waiting.text).toContain("Tiene hasta");
  const order = await follow(agent, waiting, orderPath);
  expect(order.text).toContain("Los ve cuando acepte");
  const noDay = await agent.submit(order, "aceptar", { dia: "" });
  expect([noDay.status, noDay.text]).toEqual([422, expect.stringContaining("Diga qué día puede ir.")]);
  const agreed = await agent.submit(order, "aceptar", { dia: "2026-11-27" });
  expect(agreed.text).toContain("Quedó acordado");
  expect(agreed.html).toContain('href="tel:+51900000002"');
  platform.clock.advance({ days: 4 });
  const due = await agent.open(inbox);
  expect(due.h1).toBe("Diga cómo fue 1 trabajo");
  const done = await agent.submit(due, "hecho");
  expect(done.text).toMatch(/¿Cómo le fue con \p{Lu}\p{Ll}+ [^?]+\?/u);
  const unrated = await agent.submit(done, "calificar");
  expect(unrated.status).toBe(422);
  expect(unrated.text).toContain("Elija una nota");
  const rated = await agent.submit(done, "calificar", { nota: "5" });
  expect(rated.text).toContain("Gracias");
  expect(rated.h1).toBe("Ningún pedido espera su respuesta");
});

test("another price waits for the producer, and what was typed wrong is kept", async () => {
  const { agent, inbox, match } = await asked({ ...pruning, topic: "pest_management" });
  const order = await follow(agent, await agent.open(inbox), orderPath);
  expect(order.text).toMatch(/ km de donde usted sale/);
  const wrong = await agent.submit(order, "proponer", { precio: "mucho", dia: "" });
  expect(wrong.status).toBe(422);
  expect(wrong.html).toContain('value="mucho"');
  const proposed = await agent.submit(order, "proponer", { precio: "45,50", dia: "2026-12-04" });
  expect(proposed.text).toContain("Espera a la otra persona");
  expect(proposed.text).toContain("S/ 45.50");
  const before = (match.priceCentimos ?? 0) / 100;
  const counter = { by: "requester" as const, priceCentimos: (before + 7) * 100 };
  await platform.callAs("notifications")(makeQuote, { params: { matchId: match.id }, body: counter }, at);
  const countered = await agent.open(order.path);
  expect(countered.text).toContain(`por S/ ${before + 7} (antes S/ ${before}: son S/ 7 más)`);
});

test("a no says why, and a stranger finds neither the inbox nor the order", async () => {
  const { agent, inbox, requestId, match } = await asked({ kind: "assistance", crop: "cacao" });
  const order = await follow(agent, await agent.open(inbox), orderPath);
  const stranger = await browse(platform, "+51900000003");
  for (const path of [inbox, order.path]) expect((await stranger.open(path)).status).toBe(404);
  const declined = await agent.submit(order, "negar", { razon: "far" });
  expect(declined.text).toContain("Avisamos que usted no puede");
  const { request } = await platform.callAs("notifications")(readRequest, { params: { requestId } }, at);
  expect(request.matches.find(({ id }) => id === match.id)).toMatchObject({ declineReason: "far" });
  const again = await agent.submit(order, "aceptar");
  expect([again.status, again.text]).toEqual([409, expect.stringContaining("ya")]);
});

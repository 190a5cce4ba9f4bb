import { listOwnProviders } from "@minka/contracts/providers";
import { listAsks } from "@minka/contracts/provider-asks";
import { expect, test } from "vitest";
import { readStart } from "../src/pages/start/matters.ts";
import type { SignedVisit } from "../src/visits/visit.ts";

/** Of somebody who acts for these providers, and is asked as each of those. */
function visitOf(names: readonly string[], asked: readonly string[]): SignedVisit {
  const answers = new Map<unknown, unknown>([
    [listOwnProviders, { providers: names.map((id) => ({ id, name: id.toUpperCase() })) }],
    [listAsks, { asks: asked.map((providerId) => ({ providerId })) }],
  ]);
  const callIfAny = async (endpoint: unknown) => answers.get(endpoint) ?? null;
  return { person: { personId: "rosa", actedBy: null }, callIfAny } as unknown as SignedVisit;
}

test("who serves as several is led to the one that was asked, however many ask", async () => {
  const { matters } = await readStart(visitOf(["a", "b", "c"], ["b", "c", "b"]));
  expect(matters.map(({ title, line, href }) => [title, line, href])).toEqual([
    ["2 productores le piden algo", "Esperan la respuesta de B.", "/mi-servicio/b"],
    ["Un productor le pide algo", "Espera la respuesta de C.", "/mi-servicio/c"],
  ]);
  const [only] = (await readStart(visitOf(["a"], ["a"]))).matters;
  expect(only?.line).toBe("Espera su respuesta.");
});

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { pruningCacao, startMatching } from "./matching-run.ts";

let on: Awaited<ReturnType<typeof startMatching>>;
beforeAll(async () => {
  on = await startMatching();
});
beforeEach(() => {
  on.catalog.near = [candidate()];
  on.catalog.asked = [];
});
afterAll(() => on.stop());

test("a loan is searched for as the woman who asks, and nobody's sex is asked for a visit", async () => {
  const [woman, erased] = [randomUUID(), randomUUID()];
  on.consents.women.add(woman);
  on.consents.erased.add(erased);
  await on.openListed({ personId: woman, need: { kind: "credit" } });
  await on.openListed({ need: { kind: "credit" } });
  await on.openListed({ personId: woman, need: pruningCacao });
  await on.openListed({ personId: erased, need: { kind: "training" } });
  expect(on.catalog.asked.map(({ sex }) => sex)).toEqual(["f", undefined, undefined, undefined]);
});

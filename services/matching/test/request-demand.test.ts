import { randomUUID } from "node:crypto";
import { requestDemand } from "@minka/contracts/demand";
import type { Need } from "@minka/contracts/need";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startMatching, tocache, type MatchingRun } from "./matching-run.ts";

let run: MatchingRun;
beforeAll(async () => {
  run = await startMatching();
});
afterAll(() => run.stop());

const urea: Need = { kind: "input", product: "urea" };

test("what is looked for is told by district, product and month, and not what fewer than five people ask", async () => {
  const read = async (query = {}) => {
    const call = run.callAs("brokering");
    return (await call(requestDemand, { query }, { trace: "test-trace" })).cells;
  };
  const month = run.clock().toISOString().slice(0, 7);
  // One person's five requests are one person's.
  const personId = randomUUID();
  for (let at = 0; at < 5; at += 1)
    await run.open({ personId, need: { ...urea, quantity: at + 1, unit: "bag" } });
  for (let at = 0; at < 3; at += 1) await run.open({ need: urea });
  await run.open({ need: { kind: "assistance", topic: "pruning", crop: "cacao" } });
  const cell = { districtCode: tocache, product: "urea", month };
  expect(await read()).toEqual([{ ...cell, requests: null, open: null }]);
  await run.open({ need: urea });
  expect(await read()).toEqual([{ ...cell, requests: 9, open: 9 }]);
  expect(await read({ products: "npk,dap" })).toEqual([]);
});

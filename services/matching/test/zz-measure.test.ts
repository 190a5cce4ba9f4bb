import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { startMatching, ranked } from "./matching-run.ts";
test("measure", async () => {
  const run = await startMatching();
  run.catalog.near = Array.from({ length: 20 }, () => candidate({ monthlyCapacity: 1000 }));
  const med = (xs: number[]) => xs.toSorted((a, b) => a - b)[Math.floor(xs.length / 2)]!.toFixed(2);
  const t = { open: [] as number[], settle: [] as number[], read: [] as number[], choose: [] as number[], one: [] as number[] };
  for (let i = 0; i < 25; i++) {
    let s = performance.now();
    const id = await run.open({ personId: randomUUID() });
    t.open.push(performance.now() - s);
    s = performance.now(); 
    let r = await run.read(id), n = 0;
    while (r.state === "searching" && performance.now() - s < 3000) { n++; await new Promise(r => setTimeout(r, 2)); r = await run.read(id); }
    if (i < 3 || r.state === "searching") console.error(i, n, r.state, performance.now() - s);
    t.settle.push(performance.now() - s);
    await run.settle(); r = await run.read(id);
    s = performance.now(); await run.read(id); t.read.push(performance.now() - s);
    s = performance.now(); await run.choose(ranked(r, 1).id); t.choose.push(performance.now() - s);
    s = performance.now(); await run.owner.sql`select 1`; t.one.push(performance.now() - s);
  }
  console.error(Object.entries(t).map(([k, v]) => `${k} ${med(v.slice(3))}`).join("  "));
  expect(1).toBe(1);
  await run.stop();
}, 120000);

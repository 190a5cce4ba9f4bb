import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { PlanningInput, PlanningResult } from "../src/instance.ts";

const program = fileURLToPath(new URL("../src/cli/plan.ts", import.meta.url));

function run(input: string) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [program], {
    input,
    encoding: "utf8",
    maxBuffer: 64 * 2 ** 20,
  });
  return { stdout, stderr, status };
}

const empty: PlanningInput = { agents: [], visits: [], maxKm: 30, groupRadiusKm: 2, groupMax: 20 };

/** Spread evenly and always the same: no two at one point, four topics, two crops. */
function bigInstance(visits: number, agents: number): PlanningInput {
  const topics = ["pruning", "nutrition", "pest_management", "post_harvest"];
  const at = (index: number, of: number) => ({
    lat: -6 - ((index * 0.618_033_988_75) % 1) * 3,
    lon: -77 + index / of,
  });
  return {
    ...empty,
    agents: Array.from({ length: agents }, (_, index) => ({
      id: `a${index}`,
      ...at(index, agents),
      capacity: Math.ceil((visits / agents) * 1.1),
      topics: topics.filter((_topic, number) => number !== index % 4),
      crops: index % 3 === 0 ? ["coffee", "cacao"] : ["cacao"],
    })),
    visits: Array.from({ length: visits }, (_, index) => ({
      id: `v${index}`,
      ...at(index, visits),
      topic: topics[index % 4] ?? "",
      crop: index % 3 === 0 ? "coffee" : "cacao",
      weight: 1,
    })),
  };
}

describe("plan on the command line", () => {
  it("answers an empty instance with an empty plan", () => {
    const { stdout, stderr, status } = run(JSON.stringify(empty));
    expect(JSON.parse(stdout)).toEqual({
      assignments: [],
      unassigned: [],
      totalKm: 0,
      sessions: [],
      bound: 0,
      gap: 0,
    });
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  });

  it("gives ids back as they came, numbers too", () => {
    const agent = { lat: -6, lon: -76, capacity: 5, topics: ["pruning"], crops: ["cacao"] };
    const visit = { lat: -6.001, lon: -76, topic: "pruning", crop: "cacao", weight: 1 };
    const { stdout } = run(
      JSON.stringify({
        ...empty,
        agents: [{ ...agent, id: 7 }],
        visits: [
          { ...visit, id: 7 },
          { ...visit, id: "x" },
        ],
      }),
    );
    expect(JSON.parse(stdout)).toMatchObject({
      assignments: [
        { visit: 7, agent: 7 },
        { visit: "x", agent: 7 },
      ],
      sessions: [{ agent: 7, visits: [7, "x"], kind: "group", order: 1 }],
    });
  });

  it.each([
    ["nothing", "", "plan: nothing came on standard input\n"],
    ["not a number", JSON.stringify(empty).replace('"maxKm":30', '"maxKm":NaN'), "plan: not JSON: "],
    ["a wrong field", JSON.stringify({ ...empty, visits: [{ id: "v" }] }), "plan: visits[0].lat: "],
  ])("answers %s with a message, exit code 2 and nothing on standard output", (_name, input, message) => {
    const { stdout, stderr, status } = run(input);
    expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
    expect(stderr.startsWith(message)).toBe(true);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it("plans the programme's population within seconds, as one document", () => {
    const instance = bigInstance(23_513, 130);
    const started = performance.now();
    const { stdout, stderr, status } = run(JSON.stringify(instance));
    const seconds = (performance.now() - started) / 1000;
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    const plan = JSON.parse(stdout) as PlanningResult;
    expect(plan.assignments.length + plan.unassigned.length).toBe(23_513);
    expect(plan.sessions.flatMap(({ visits }) => visits)).toHaveLength(plan.assignments.length);
    expect(plan.assignments.length).toBeGreaterThan(15_000);
    expect(Math.abs(plan.gap)).toBeLessThan(1e-6);
    expect(seconds).toBeLessThan(20);
  });
});

import { DomainError } from "@minka/domain/errors";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseInstance, type PlanningInput } from "../src/instance.ts";

const good: PlanningInput = {
  agents: [{ id: "ana", lat: -6.5, lon: -76.3, capacity: 180, topics: ["pruning"], crops: ["cacao"] }],
  visits: [{ id: "v1", lat: -6.51, lon: -76.31, topic: "pruning", crop: "cacao" }],
  maxKm: 30,
  groupRadiusKm: 2,
  groupMax: 20,
};

function errorsOf(value: unknown): readonly { path: string; message: string }[] {
  try {
    parseInstance(value);
  } catch (error) {
    if (error instanceof DomainError && error.category === "invalid") return error.errors;
    throw error;
  }
  return [];
}

describe("a planning instance", () => {
  it("fills in what may be left out and drops what it does not know", () => {
    const parsed = parseInstance({ ...good, colour: "green" });
    expect(parsed.keepKm).toBe(0);
    expect(parsed.visits[0]?.weight).toBe(1);
    expect(parsed).not.toHaveProperty("colour");
    const [visit] = parseInstance({
      ...good,
      visits: [{ id: "v", lat: 0, lon: 0, topic: "organization" }],
    }).visits;
    expect(visit?.crop).toBeNull();
  });

  it.each([
    ["agents[0].lat", { agents: [{ ...good.agents[0], lat: 90.5 }] }],
    ["agents[0].lon", { agents: [{ ...good.agents[0], lon: Number.NaN }] }],
    ["agents[0].capacity", { agents: [{ ...good.agents[0], capacity: -1 }] }],
    ["agents[0].capacity", { agents: [{ ...good.agents[0], capacity: 1.5 }] }],
    ["agents[1].id", { agents: [good.agents[0], good.agents[0]] }],
    ["visits[1].id", { visits: [good.visits[0], good.visits[0]] }],
    ["visits[0].lon", { visits: [{ ...good.visits[0], lon: "-76" }] }],
    ["visits[0].lat", { visits: [{ ...good.visits[0], lat: Number.POSITIVE_INFINITY }] }],
    ["visits[0].weight", { visits: [{ ...good.visits[0], weight: 0 }] }],
    ["visits[0].id", { visits: [{ ...good.visits[0], id: "" }] }],
    ["visits", { visits: null }],
    ["maxKm", { maxKm: -1 }],
    ["groupRadiusKm", { groupRadiusKm: undefined }],
    ["groupMax", { groupMax: 0 }],
  ])("names %s by its path when it is wrong", (path, change) => {
    expect(errorsOf({ ...good, ...change }).map((error) => error.path)).toEqual([path]);
  });

  it("tells at most twenty mistakes, and how many more there are", () => {
    const visits = Array.from({ length: 30 }, () => ({ id: "same", lat: 100, lon: 0, topic: "pruning" }));
    expect(errorsOf({ ...good, visits })).toHaveLength(20);
    expect(() => parseInstance({ ...good, visits })).toThrow(/and \d+ more/);
  });

  it("answers anything at all with an instance or with paths, never with another error", () => {
    const odd = fc.oneof(fc.jsonValue(), fc.constant(undefined), fc.double());
    const changed = fc.record(
      {
        agents: fc.oneof(odd, fc.array(odd)),
        visits: fc.oneof(odd, fc.array(odd)),
        maxKm: odd,
        groupMax: odd,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          odd,
          changed.map((change) => ({ ...good, ...change })),
        ),
        (value) => {
          for (const { message } of errorsOf(value)) expect(message).not.toBe("");
        },
      ),
      { numRuns: 300 },
    );
  });
});

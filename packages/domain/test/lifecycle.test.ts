import { checkTransition, type Role } from "@minka/domain/lifecycle";
import * as fc from "fast-check";
import { expect, test } from "vitest";

type State = "open" | "asked" | "agreed" | "closed";
const lifecycle = {
  ask: { from: ["open"], to: "asked", by: ["requester", "operator"] },
  agree: { from: ["asked"], to: "agreed", by: ["provider"] },
  lapse: { from: ["asked"], to: "open", by: ["timer"] },
  cancel: { from: ["open", "asked", "agreed"], to: "closed", by: ["requester", "operator"] },
} as const satisfies Record<string, { from: readonly State[]; to: State; by: readonly Role[] }>;
type Name = keyof typeof lifecycle;
const check = (state: State, name: Name, role: Role) =>
  checkTransition<State, Name>(lifecycle, state, name, role);

test("what the table says is allowed", () => {
  expect(check("asked", "agree", "provider")).toEqual({ allowed: true });
});

test("from another state it is refused, with what this role could do", () => {
  expect(check("asked", "ask", "requester")).toEqual({
    allowed: false,
    reason: "illegal-state",
    alternatives: ["cancel"],
  });
});

test("for another role it is refused, with what this role could do", () => {
  expect(check("asked", "agree", "requester")).toEqual({
    allowed: false,
    reason: "not-allowed-for-role",
    alternatives: ["cancel"],
  });
});

test("from the last state nothing is possible", () => {
  expect(check("closed", "cancel", "operator")).toMatchObject({ allowed: false, alternatives: [] });
});

test("every alternative that a refusal names is allowed, and none that is allowed is missing", () => {
  const names = Object.keys(lifecycle) as Name[];
  fc.assert(
    fc.property(
      fc.constantFrom<State>("open", "asked", "agreed", "closed"),
      fc.constantFrom(...names),
      fc.constantFrom<Role>("requester", "provider", "operator", "timer", "system"),
      (state, name, role) => {
        const possible = names.filter((each) => check(state, each, role).allowed);
        const answer = check(state, name, role);
        if (answer.allowed) expect(possible).toContain(name);
        else expect(answer.alternatives).toEqual(possible);
      },
    ),
  );
});

import { planReasonCodes } from "@minka/contracts/plans";
import { sayClock, sayLesson, sayPlanReason, sayShortDay } from "@minka/language/say-plan";
import { expect, test } from "vitest";

const today = "2026-12-01";

test("for every code by which a visit is moved or left there are words that follow a colon", () => {
  const parameters = { day: "2026-12-15", lastDay: "2026-12-20", why: "market", agent: "a", km: 9, for: "v" };
  for (const code of planReasonCodes) {
    const words = sayPlanReason({ code, parameters }, today);
    expect(words, code).toMatch(/^[a-zéíóúñ][^.{}]+[^.]$/);
  }
  expect(sayPlanReason({ code: "of-tomorrow", parameters: {} }, today)).toBeNull();
});

test("reasons say the day and the cause, where they are known", () => {
  const say = (code: string, parameters = {}) => sayPlanReason({ code, parameters }, today);
  expect(say("agent-away", { day: "2026-12-15" })).toBe("el técnico no trabaja el martes 15");
  expect(say("agent-away", { day: "2026-12-02" })).toBe("el técnico no trabaja mañana");
  expect(say("agent-unavailable")).toBe("el técnico no puede ese día");
  expect(say("day-closed", { day: "2026-12-20", why: "school" })).toBe(
    "el domingo 20 hay reunión en la escuela",
  );
});

test("visits are said as an agent says them", () => {
  expect(sayClock("08:00")).toBe("8 a. m.");
  expect(sayClock("14:30")).toBe("2:30 p. m.");
  expect(sayClock("12:00")).toBe("12 p. m.");
  expect(sayShortDay("2026-12-15")).toBe("mar 15");
  expect(sayLesson({ topic: "pruning", crop: "cacao" })).toBe("poda de cacao");
  expect(sayLesson({ topic: null, crop: "cacao" })).toBe("visita técnica");
});

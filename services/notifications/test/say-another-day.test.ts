import type { Request } from "@minka/contracts/matching";
import { countSegments, foldToGsm7 } from "@minka/language/gsm7";
import { renderLine } from "@minka/language/texts";
import { expect, test } from "vitest";
import { dayQuestion } from "../src/conversations/say-quote.ts";

const now = new Date("2026-11-23T15:00:00Z");
const id = "018f0000-0000-7000-8000-000000000001";

function saidOf(need: Request["need"], other: string | null): string {
  const request = { id, need, engagement: { matchId: id, visitOn: "2026-12-02" } };
  const quote = { id, by: "requester", visitOn: "2026-12-09", expiresAt: now.toISOString() };
  // Only what is said is read of them.
  const question = dayQuestion(request as Request, quote as Parameters<typeof dayQuestion>[1], other, now);
  return foldToGsm7(renderLine(question?.text ?? "", "es"));
}

test("another day says what it is about where one segment holds it, and begins with a capital in any case", () => {
  const short = saidOf({ kind: "assistance", topic: "pest_management", crop: "cacao" }, null);
  expect(short).toMatch(/^Por visita técnica de plagas en cacao, la otra persona pide cambiar el dia: /);
  const long = saidOf({ kind: "assistance", topic: "environment", crop: "banana" }, null);
  expect(long).toMatch(/^La otra persona pide cambiar el dia: ya no el miércoles 2, sino el miércoles 9\./);
  for (const text of [short, long]) expect(countSegments(text).segments).toBe(1);
});

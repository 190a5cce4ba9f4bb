import { expect, test } from "vitest";
import type { Lot } from "@minka/contracts/lots";
import { lotsHeading } from "../src/pages/lots/lot-words.ts";
import { readPart } from "../src/pages/organization-desk/choose-member.ts";

/** A list of so many people, a hundred at a time, each of whom is where the list goes on behind them. */
const idOf = (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, "0")}`;
const pagesOf = (count: number) => async (cursor: string | undefined) => {
  const from = cursor === undefined ? 0 : Number(cursor.slice(-12)) + 1;
  const items = Array.from({ length: Math.min(100, count - from) }, (_, at) => idOf(from + at));
  return { items, next: from + 100 < count ? (items.at(-1) ?? null) : null };
};

test("a list to choose from is whole, or says where it goes on", async () => {
  const visit = (query: Record<string, string>) => ({ query, misread: new Map() });
  const few = await readPart(visit({}), pagesOf(120));
  expect([few.items.length, few.next, few.whole]).toEqual([120, null, true]);
  const many = await readPart(visit({}), pagesOf(340));
  expect([many.items.length, many.next, many.whole]).toEqual([300, idOf(299), false]);
  const rest = await readPart(visit({ socios: idOf(299) }), pagesOf(340));
  expect([rest.items.length, rest.items[0], rest.next, rest.whole]).toEqual([40, idOf(300), null, false]);
});

test("a heading over one page of lots does not speak for all of them", () => {
  const lots = (count: number, state: Lot["state"]) =>
    Array.from({ length: count }, () => ({ state }) as Lot);
  const all = { state: undefined, cursor: undefined };
  expect(lotsHeading({ items: lots(2, "open"), next: null }, all)).toBe("2 lotes en camino");
  expect(lotsHeading({ items: lots(50, "open"), next: "x" }, all)).toBe("50 o más lotes en camino");
  expect(lotsHeading({ items: lots(50, "settled"), next: "x" }, all)).toBe("Lotes");
  expect(lotsHeading({ items: lots(3, "settled"), next: null }, { ...all, cursor: "x" })).toBe("Lotes");
});

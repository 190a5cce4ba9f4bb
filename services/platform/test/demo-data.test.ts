import { checkOfferTerms } from "@minka/contracts/check-offer-terms";
import { offerTerms } from "@minka/contracts/offer-terms";
import { phoneText } from "@minka/contracts/auth";
import { distanceKm } from "@minka/geography/distance";
import { findDistrict } from "@minka/geography/districts";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { apportion } from "@minka/domain/apportion";
import { makeDemoData } from "../src/demo/make-demo-data.ts";

const demo = makeDemoData("demo");
const program = makeDemoData("program");

const producersOf = (data: typeof demo) => {
  const providing = new Set(data.providers.map(({ personId }) => personId));
  return data.people.filter(({ id }) => !providing.has(id));
};
const share = <Item>(items: readonly Item[], test: (item: Item) => boolean) =>
  items.filter(test).length / items.length;

describe.each([
  ["demo", demo, 0.02],
  // The size classes are published as whole percentages that sum to 101.
  ["program", program, 0.006],
] as const)("the shares of %s", (_name, data, tolerance) => {
  const producers = producersOf(data);
  const expectShare = (found: number, wanted: number) =>
    expect(Math.abs(found - wanted)).toBeLessThanOrEqual(tolerance);

  test("of women, ages and sizes are the survey's", () => {
    expectShare(
      share(producers, ({ sex }) => sex === "f"),
      0.31,
    );
    const age = (low: number, high: number) =>
      share(
        producers,
        ({ birthYear }) => birthYear !== null && 2026 - birthYear >= low && 2026 - birthYear <= high,
      );
    expectShare(age(20, 39), 0.3);
    expectShare(age(40, 59), 0.48);
    expectShare(age(60, 79), 0.21);
    const size = (name: string) => share(producers, ({ crops }) => crops[0]?.size === name);
    expectShare(size("small"), 0.14);
    expectShare(size("medium"), 0.36);
    expectShare(size("large"), 0.51);
  });

  test("of members are the survey's, lower among small producers", () => {
    const members = new Set(data.memberships.map(({ personId }) => personId));
    const joined = (crop: string, size?: string) =>
      share(
        producers.filter(({ crops: [own] }) => own?.crop === crop && (!size || own.size === size)),
        ({ id }) => members.has(id),
      );
    expectShare(joined("coffee"), 0.44);
    expectShare(joined("cacao"), 0.5);
    // Of some twenty people each share moves by steps of five points.
    expect(Math.abs(joined("coffee", "small") - 0.29)).toBeLessThanOrEqual(0.05);
    expect(Math.abs(joined("cacao", "small") - 0.4)).toBeLessThanOrEqual(0.05);
    expectShare(members.size / producers.length, 0.48);
  });

  test("every reference leads somewhere, and every offer keeps the contract", () => {
    const people = new Set(data.people.map(({ id }) => id));
    const organizations = new Map(data.organizations.map((organization) => [organization.id, organization]));
    expect(people.size).toBe(data.people.length);
    for (const { id, phone, districtCode } of data.people) {
      if (
        !z.uuid().safeParse(id).success ||
        !phoneText.safeParse(phone).success ||
        !findDistrict(districtCode)
      )
        expect.fail(`${id} ${phone} ${districtCode}`);
    }
    for (const { personId, organizationId } of data.memberships) {
      if (!people.has(personId) || !organizations.has(organizationId)) expect.fail(personId);
    }
    for (const { personId, offers, districtCode, kinds, lenderRegister } of data.providers) {
      expect([people.has(personId), findDistrict(districtCode)?.code]).toEqual([true, districtCode]);
      for (const { terms } of offers) {
        expect(offerTerms.parse(terms)).toEqual(terms);
        const wrong = checkOfferTerms(terms, {
          providerKinds: kinds,
          registeredLender: lenderRegister !== undefined,
          today: "2026-11-21",
          isDistrict: (code) => findDistrict(code) !== undefined,
        });
        expect(wrong).toEqual([]);
      }
    }
    expect(data.standings.map(({ providerId }) => providerId)).toEqual(data.providers.map(({ id }) => id));
    for (const { ratings, ratingSum, asks, answers } of data.standings) {
      expect(ratingSum).toBeLessThanOrEqual(ratings * 5);
      expect(ratingSum).toBeGreaterThanOrEqual(ratings);
      expect(answers).toBeLessThanOrEqual(asks);
      expect(answers).toBeGreaterThanOrEqual(ratings);
    }
  });

  test("every organization has a manager, a board of its members, and says what joining costs and gives", () => {
    for (const { id, entryFeeCentimos, services, requirements } of data.organizations) {
      const members = data.memberships.filter(({ organizationId }) => organizationId === id);
      const board = data.boardSeats.filter(({ organizationId }) => organizationId === id);
      expect(members.filter(({ role }) => role === "manager")).toHaveLength(1);
      expect(board.length).toBe(Math.min(5, members.length));
      const belonging = new Set(members.map(({ personId }) => personId));
      expect(board.every(({ personId }) => belonging.has(personId))).toBe(true);
      expect([typeof entryFeeCentimos, services?.length !== 0, requirements?.length !== 0]).toEqual([
        "number",
        true,
        true,
      ]);
    }
  });

  test("phones are everybody's own and in the range of the demo", () => {
    const phones = [...data.people, ...data.organizations].map(({ phone }) => phone);
    expect(new Set(phones).size).toBe(phones.length);
    expect(phones.every((phone) => phone?.match(/^\+519000\d{5}$/))).toBe(true);
  });
});

test("the data is the same each time, and the two sizes share no id", () => {
  expect(makeDemoData("demo")).toEqual(demo);
  const ids = new Set(program.people.map(({ id }) => id));
  expect(demo.people.some(({ id }) => ids.has(id))).toBe(false);
});

test("the demo has as many of each as it says", () => {
  const kinds = (data: typeof demo) =>
    Object.fromEntries(
      (["agent", "supplier", "lender", "buyer"] as const).map((kind) => [
        kind,
        data.providers.filter(({ kinds }) => kinds.includes(kind)).length,
      ]),
    );
  expect(kinds(demo)).toEqual({ agent: 40, supplier: 12, lender: 6, buyer: 10 });
  expect([producersOf(demo).length, demo.organizations.length]).toEqual([300, 12]);
  expect(kinds(program)).toEqual({ agent: 130, supplier: 26, lender: 13, buyer: 21 });
});

test("the program has the households of each crop and region", () => {
  const counts: Record<string, number> = {};
  for (const { crops, districtCode } of producersOf(program)) {
    const key = `${crops[0]?.crop} ${districtCode.slice(0, 2)}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  expect(counts).toEqual({
    "coffee 22": 4_154,
    "coffee 10": 3_343,
    "coffee 01": 219,
    "coffee 25": 123,
    "cacao 22": 9_037,
    "cacao 10": 3_026,
    "cacao 25": 2_590,
    "cacao 19": 1_021,
  });
});

test("three agents for pests of cacao reach Tocache from different distances, prices and ratings", () => {
  const tocache = findDistrict("221001");
  if (!tocache) throw new Error("Tocache is gone");
  const reaching = demo.providers.flatMap(({ id, districtCode, offers }) =>
    offers.flatMap(({ terms }) => {
      if (districtCode !== "221001" || terms.kind !== "assistance") return [];
      const standing = demo.standings.find(({ providerId }) => providerId === id);
      const km = distanceKm(terms.base, tocache.point);
      const fits = terms.crops.includes("cacao") && terms.topics.includes("pest_management");
      if (!fits || km > terms.reachKm || !standing) return [];
      return [{ km, price: terms.pricePerVisitCentimos, rating: standing.ratingSum / standing.ratings }];
    }),
  );
  expect(reaching.map(({ km }) => Math.round(km))).toEqual([9, 21, 36]);
  expect(reaching.map(({ price }) => price)).toEqual([3_000, 2_000, 0]);
  expect(reaching.map(({ rating }) => rating.toFixed(1))).toEqual(["4.8", "4.1", "4.7"]);
});

test("shares are split without losing anybody, each within one of its exact part", () => {
  const weights = fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 30_000 }), weights, (total, weights) => {
      const parts = apportion(total, weights);
      const sum = weights.reduce((a, b) => a + b, 0);
      expect(parts.reduce((a, b) => a + b, 0)).toBe(total);
      parts.forEach((part, index) => {
        expect(Math.abs(part - (total * (weights[index] ?? 0)) / sum)).toBeLessThan(1);
      });
    }),
  );
});

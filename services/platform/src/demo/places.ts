import { findDistrict, type District, type Point } from "@minka/geography/districts";
import type { Random } from "./random.ts";

export function districtOf(code: string): District {
  const district = findDistrict(code);
  if (!district) throw new Error(`${code} is not a district`);
  return district;
}

const kmPerDegree = 111.195;

/**
 * The point so many km from another, in a direction in degrees clockwise from north. Good for tens of km.
 * Four decimals of a degree are about 11 m.
 */
export function pointAt(origin: Point, bearing: number, km: number, decimals = 4): Point {
  const angle = (bearing * Math.PI) / 180;
  const latitude = origin.latitude + (km * Math.cos(angle)) / kmPerDegree;
  const middle = (((origin.latitude + latitude) / 2) * Math.PI) / 180;
  return {
    latitude: rounded(latitude, decimals),
    longitude: rounded(
      origin.longitude + (km * Math.sin(angle)) / (kmPerDegree * Math.cos(middle)),
      decimals,
    ),
  };
}

/** Somewhere up to so many km around a point. */
export function near(random: Random, origin: Point, maximumKm: number, decimals = 4): Point {
  return pointAt(origin, random.next() * 360, Math.sqrt(random.next()) * maximumKm, decimals);
}

function rounded(degrees: number, decimals: number): number {
  return Math.round(degrees * 10 ** decimals) / 10 ** decimals;
}

/** Earlier ones more often: a district of n in the list has n, n−1, … shares. */
export function weightedDistrict(random: Random, districts: readonly string[]): string {
  let left = random.next() * ((districts.length * (districts.length + 1)) / 2);
  for (const [index, code] of districts.entries()) {
    left -= districts.length - index;
    if (left < 0) return code;
  }
  throw new Error("no districts to choose from");
}

/**
 * +51 900 0xx xxx, numbered from here by what they belong to. The data names nobody, and is loaded only
 * where the simulator is the gateway, so no message ever leaves for these numbers.
 */
export const firstPhone = { producers: 0, agents: 90_000, companies: 95_000, organizations: 98_000 };

export function demoPhone(number: number): string {
  if (number > 99_999) throw new Error("no phones left");
  return `+51900${String(number).padStart(6, "0")}`;
}

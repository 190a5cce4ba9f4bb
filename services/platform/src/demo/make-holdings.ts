import { hectares, squareMetres, type Area } from "@minka/domain/area-units";
import { polygonNeededAboveSquareMetres } from "@minka/domain/plot-geometry";
import type { PersonRow, PlotRow } from "@minka/profiles";
import { apportion } from "@minka/domain/apportion";
import type { Producer } from "./make-producers.ts";
import { districtOf, near, pointAt } from "./places.ts";
import type { ProgrammeCrop } from "./programme.ts";
import type { Random } from "./random.ts";

/** Parts of the producers: nobody counted these, they are so that a list shows every case. */
const parts = { withPlot: 0.5, withSpouse: 0.25, withGeometry: 0.4 };
const lastSeason = 2025;

/** Kilograms of dry cacao or parchment that keep a producer in the class they were given. */
const harvests = {
  cacao: { small: [60, 245], medium: [255, 795], large: [810, 2_600] },
  coffee: { small: [50, 195], medium: [205, 595], large: [610, 2_400] },
} as const;
const varieties = {
  cacao: ["CCN-51", "CCN-51", "Criollo", "ICS-95"],
  coffee: ["Catimor", "Catimor", "Caturra", "Typica", "Bourbon"],
} as const;
const hamlets = [
  "Nuevo Horizonte",
  "Alto Perú",
  "Buenos Aires",
  "Santa Rosa",
  "Nueva Esperanza",
  "San Juan",
  "Miraflores",
  "Bella Aurora",
  "Dos de Mayo",
  "Puerto Rico",
] as const;

/** What some producers have said of themselves beside what all have. */
export function withWords(random: Random, person: PersonRow): PersonRow {
  const said = random.between(0, 9);
  return {
    ...person,
    locality: said < 6 ? random.pick(hamlets) : null,
    contactHours:
      said < 3
        ? random.pick([
            { from: 17, to: 20 },
            { from: 5, to: 7 },
            { from: 12, to: 14 },
          ])
        : null,
    wallets: said < 4 ? random.pick([["yape"], ["yape", "plin"], ["bim"]] as const) : [],
  };
}

/**
 * A plot with its last season for half of the growers, some held by a couple. Seasons lead to the size class
 * that the grower has already, for who holds a plot with somebody else too.
 */
export function makePlots(random: Random, growers: readonly Producer[]): PlotRow[] {
  const mixed = random.shuffled(growers);
  const [withPlot = 0] = apportion(growers.length, [parts.withPlot, 1 - parts.withPlot]);
  const landless = groupByHome(mixed.slice(withPlot));
  return mixed.slice(0, withPlot).map((grower) => {
    const other = grower.person.sex === "f" ? "m" : "f";
    const spouse = random.next() < parts.withSpouse ? landless.get(homeKey(grower, other))?.pop() : undefined;
    return makePlot(random, grower, spouse ? [spouse.person.id] : []);
  });
}

/** Neighbours of a sex who grow the same and as much, so that a plot in common leaves both in their class. */
function homeKey({ person, crop, size }: Producer, sex: string | null): string {
  return [person.districtCode, crop, size, sex].join(" ");
}

function groupByHome(growers: readonly Producer[]): Map<string, Producer[]> {
  const groups = new Map<string, Producer[]>();
  for (const grower of growers) {
    const key = homeKey(grower, grower.person.sex);
    groups.set(key, [...(groups.get(key) ?? []), grower]);
  }
  return groups;
}

function makePlot(random: Random, grower: Producer, coHolderIds: readonly string[]): PlotRow {
  const { person, crop, size } = grower;
  const [low, high] = harvests[crop][size];
  const kg = random.between(low, high);
  const production = makeProduction(random, crop, kg, high);
  // From 350 to 900 kg a hectare.
  const metres = Math.round((kg / random.between(350, 900)) * 10_000);
  const area = makeArea(random, metres);
  const tenure = random.pick([
    "own",
    "own",
    "own",
    "possession",
    "possession",
    "communal",
    "leased",
    "shared",
  ] as const);
  return {
    id: random.id(),
    holderIds: [person.id, ...coHolderIds],
    name: random.next() < 0.3 ? `Parcela ${random.pick(hamlets)}` : null,
    districtCode: person.districtCode,
    area,
    tenure,
    document:
      tenure === "own"
        ? random.pick(["title", "title", "possession_certificate", "none"])
        : tenure === "possession"
          ? random.pick(["possession_certificate", "none"])
          : "none",
    geometry: random.next() < parts.withGeometry ? makeGeometry(random, person.districtCode, area) : null,
    seasons: [
      {
        id: random.id(),
        crop,
        year: lastSeason,
        area: null,
        production,
        organic: random.pick([true, false, false, null]),
        variety: random.pick(varieties[crop]),
      },
    ],
  };
}

/** As people say it: quintals where it is much, now and then cacao as it came out of the pod. */
function makeProduction(random: Random, crop: ProgrammeCrop, kg: number, mostKg: number) {
  const state = crop === "cacao" ? ("dry" as const) : ("parchment" as const);
  const quintals = Math.ceil(kg / 46);
  if (quintals >= 10 && quintals * 46 <= mostKg) return { amount: quintals, unit: "quintal" as const, state };
  if (crop === "cacao" && random.next() < 0.2) {
    // Eight of wet beans leave three dry.
    return { amount: Math.round((kg * 8) / 3), unit: "kg" as const, state: "wet" as const };
  }
  return { amount: kg, unit: "kg" as const, state };
}

function makeArea(random: Random, metres: number): Area {
  const unit = random.pick(["ha", "ha", "ha", "yugada", "topo"] as const);
  const one = squareMetres({ amount: 1, unit });
  return { amount: Math.max(0.25, Math.round((metres / one) * 4) / 4), unit };
}

/** A point, or above four hectares a border of six corners. Somewhere in the district; nobody lives there. */
function makeGeometry(random: Random, districtCode: string, area: Area): PlotRow["geometry"] {
  const middle = near(random, districtOf(districtCode).point, 9, 6);
  const metres = squareMetres(area);
  if (metres <= polygonNeededAboveSquareMetres && random.next() < 0.8) {
    return { type: "Point", coordinates: written(middle) };
  }
  // A regular hexagon of this radius has the area: 3√3/2 · r².
  const radiusKm = Math.sqrt((hectares(metres) / 100) * (2 / (3 * Math.sqrt(3))));
  const corners = [0, 60, 120, 180, 240, 300].map((bearing) =>
    written(pointAt(middle, -bearing, radiusKm, 6)),
  );
  return { type: "Polygon", coordinates: [[...corners, corners[0] ?? written(middle)]] };
}

function written({ longitude, latitude }: { longitude: number; latitude: number }): [string, string] {
  return [longitude.toFixed(6), latitude.toFixed(6)];
}

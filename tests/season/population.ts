import { squareMetres } from "@minka/domain/area-units";
import { addDays, type LimaDay } from "@minka/domain/lima-time";
import { polygonNeededAboveSquareMetres } from "@minka/domain/plot-geometry";
import type { Crop } from "@minka/domain/vocabulary";
import { distanceKm } from "@minka/geography/distance";
import { findDistrict, type Point } from "@minka/geography/districts";
import { makeDemoData, type DemoData } from "@minka/platform/make-demo-data";
import { createChance, type Chance } from "../day/chance.ts";
import { allProducers } from "./options.ts";

type Person = DemoData["people"][number];
type Provider = DemoData["providers"][number];
type PlotGeometry = NonNullable<DemoData["plots"][number]["geometry"]>;

type Hamlet = { readonly name: string; readonly districtCode: string; readonly point: Point };
export type Producer = {
  readonly id: string;
  readonly sex: "f" | "m";
  readonly crop: Crop;
  readonly size: "small" | "medium" | "large";
  readonly member: boolean;
  readonly districtCode: string;
  readonly hamlet: Hamlet;
};
export type Population = Pick<
  DemoData,
  "people" | "plots" | "organizations" | "memberships" | "boardSeats" | "providers" | "standings"
> & {
  readonly producers: readonly Producer[];
  /** Providers who are agents. */
  readonly agents: readonly Provider[];
  readonly companies: readonly Provider[];
};

const centre = "221001";
const hamletsADistrict = 12;
/** How far hamlets lie from the middle of their district, and houses from the middle of their hamlet. */
const spreadKm = { hamlets: 12, houses: 1.2 };
const fewestAgents = 6;
const kmPerDegree = 111.195;

/**
 * The programme's households, or those nearest to Tocache, with agents in proportion and all companies. Where the
 * data says nothing of a plot, people live in hamlets of their district, since visits are grouped by who is near.
 */
export function choosePopulation(wanted: number, seed: number, today: LimaDay): Population {
  const data = makeDemoData("program", today);
  const chance = createChance(seed * 7_919 + 3);
  const members = new Set(data.memberships.map(({ personId }) => personId));
  const all = nearestFirst(data.people.slice(0, allProducers));
  const chosen = wanted >= all.length ? all : all.slice(0, wanted);
  const ids = new Set(chosen.map(({ id }) => id));
  const hamlets = new Map<string, Hamlet[]>();
  const producers = chosen.map((person): Producer => {
    const own = hamlets.get(person.districtCode) ?? hamletsOf(person.districtCode, chance);
    hamlets.set(person.districtCode, own);
    const [grown] = person.crops;
    return {
      id: person.id,
      sex: person.sex ?? "m",
      crop: (grown?.crop ?? "cacao") as Crop,
      size: grown?.size ?? "medium",
      member: members.has(person.id),
      districtCode: person.districtCode,
      hamlet: chance.oneOf(own),
    };
  });
  const allAgents = nearestFirst(data.providers.filter(({ kinds }) => kinds.includes("agent")));
  const inProportion = Math.round((allAgents.length * wanted) / allProducers);
  const agents = allAgents.slice(0, Math.max(fewestAgents, inProportion));
  const companies = data.providers.filter(({ kinds }) => !kinds.includes("agent"));
  const providers = [...agents, ...companies];
  const staff = new Set(providers.map(({ personId }) => personId));
  const providerIds = new Set(providers.map(({ id }) => id));
  const hamletOf = new Map(producers.map(({ id, hamlet }) => [id, hamlet]));
  return {
    ...data,
    producers,
    agents,
    companies,
    providers,
    people: data.people.flatMap((person) => {
      const hamlet = hamletOf.get(person.id);
      if (hamlet) return [{ ...person, locality: hamlet.name }];
      return staff.has(person.id) ? [person] : [];
    }),
    plots: placedPlots(data, producers, chance),
    memberships: data.memberships.filter(({ personId }) => ids.has(personId)),
    boardSeats: data.boardSeats.filter(({ personId }) => ids.has(personId)),
    standings: data.standings.filter(({ providerId }) => providerIds.has(providerId)),
  };
}

/** Every producer has a plot with a point near their hamlet; what the data knows of plots beside it stays. */
function placedPlots({ plots }: DemoData, producers: readonly Producer[], chance: Chance): DemoData["plots"] {
  const known = new Map(producers.map((producer) => [producer.id, producer]));
  const held = new Set<string>();
  const kept = plots.flatMap((plot) => {
    const holderIds = plot.holderIds.filter((id) => known.has(id));
    const [first] = holderIds;
    const holder = first === undefined ? undefined : known.get(first);
    if (!holder) return [];
    for (const id of holderIds) held.add(id);
    return [
      { ...plot, holderIds, geometry: placeNear(holder.hamlet.point, squareMetres(plot.area), chance) },
    ];
  });
  const more = producers.flatMap((producer, index) =>
    held.has(producer.id)
      ? []
      : [
          {
            id: `019d0000-0000-7000-8000-${index.toString(16).padStart(12, "0")}`,
            holderIds: [producer.id],
            name: null,
            districtCode: producer.districtCode,
            area: { amount: 1, unit: "ha" as const },
            tenure: "possession" as const,
            document: "none" as const,
            geometry: placeNear(producer.hamlet.point, 10_000, chance),
            seasons: [],
          },
        ],
  );
  return [...kept, ...more];
}

/** A point, or the square border that a large plot has to have. */
function placeNear(point: Point, metres: number, chance: Chance): PlotGeometry {
  const middle = around(point, spreadKm.houses, chance);
  if (metres <= polygonNeededAboveSquareMetres) return { type: "Point", coordinates: written(middle) };
  const half = Math.sqrt(metres) / 2_000 / kmPerDegree;
  const corner = (east: number, north: number) =>
    written({ latitude: middle.latitude + north * half, longitude: middle.longitude + east * half });
  const [first, ...others] = [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)] as const;
  return { type: "Polygon", coordinates: [[first, ...others, first]] };
}

const written = ({ latitude, longitude }: Point): [string, string] => [
  longitude.toFixed(6),
  latitude.toFixed(6),
];

function hamletsOf(districtCode: string, chance: Chance): Hamlet[] {
  const { point } = districtOf(districtCode);
  return Array.from({ length: hamletsADistrict }, (_, index) => ({
    name: `Caserío ${index + 1}`,
    districtCode,
    point: around(point, spreadKm.hamlets, chance),
  }));
}

function around({ latitude, longitude }: Point, mostKm: number, chance: Chance): Point {
  const [angle, km] = [chance.next() * 2 * Math.PI, Math.sqrt(chance.next()) * mostKm];
  const degrees = km / kmPerDegree;
  const wider = Math.cos((latitude * Math.PI) / 180);
  return {
    latitude: latitude + degrees * Math.cos(angle),
    longitude: longitude + (degrees * Math.sin(angle)) / wider,
  };
}

function nearestFirst<Placed extends Pick<Person | Provider, "districtCode">>(
  placed: readonly Placed[],
): Placed[] {
  const middle = districtOf(centre).point;
  const km = new Map<string, number>();
  const of = (code: string) => {
    const found = km.get(code) ?? distanceKm(middle, districtOf(code).point);
    km.set(code, found);
    return found;
  };
  return placed.toSorted((a, b) => of(a.districtCode) - of(b.districtCode));
}

function districtOf(code: string) {
  const district = findDistrict(code);
  if (!district) throw new Error(`${code} is not a district`);
  return district;
}

/** The harvest begins, of coffee and of cacao. */
export const firstDay: LimaDay = "2027-04-01";
export const lastDay = (weeks: number): LimaDay => addDays(firstDay, weeks * 7 - 1);

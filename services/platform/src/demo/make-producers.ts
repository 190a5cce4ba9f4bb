import type { MembershipRow, OrganizationRow, PersonRow } from "@minka/profiles";
import { apportion, quotas } from "./apportion.ts";
import { businessNames, personName } from "./names.ts";
import { demoPhone, firstPhone, weightedDistrict } from "./places.ts";
import {
  ageShares,
  memberShares,
  sexShares,
  sizeShares,
  type Cell,
  type ProgrammeCrop,
} from "./programme.ts";
import type { Random } from "./random.ts";

export const consentVersion = "demo-2026-11";
/** Ages are told as of this year. */
const thisYear = 2026;

type Producer = { person: PersonRow; crop: ProgrammeCrop; size: "small" | "medium" | "large"; cell: Cell };

/** Producers by crop and region, each share of sex, age and size kept within each crop. */
export function makeProducers(random: Random, cells: readonly Cell[], counts: readonly number[]): Producer[] {
  const producers: Producer[] = [];
  for (const crop of ["cacao", "coffee"] as const) {
    const places = cells.flatMap((cell, index) =>
      cell.crop === crop ? Array.from({ length: counts[index] ?? 0 }, () => cell) : [],
    );
    const sexes = random.shuffled(quotas(places.length, sexShares));
    const ages = random.shuffled(quotas<readonly [number, number]>(places.length, ageShares));
    const sizes = random.shuffled(quotas(places.length, sizeShares));
    for (const [index, cell] of places.entries()) {
      const [sex, size, ageBand] = [sexes[index] ?? "m", sizes[index] ?? "medium", ages[index] ?? [40, 59]];
      producers.push({
        person: {
          id: random.id(),
          name: personName(random, sex),
          districtCode: weightedDistrict(random, cell.districts),
          sex,
          birthYear: thisYear - random.between(ageBand[0], ageBand[1]),
          phone: demoPhone(firstPhone.producers + producers.length + 1),
          consentVersion,
          crops: [{ crop, size }],
        },
        crop,
        size,
        cell,
      });
    }
  }
  return producers;
}

const firstWords = {
  association: ["Asociación de Productores", "Asociación Agraria"],
  cooperative: ["Cooperativa Agraria", "Cooperativa de Servicios"],
  committee: ["Comité de Productores", "Comité Agrario"],
} as const;

/** One organization at least for each crop and region, the others where the households are. */
export function makeOrganizations(random: Random, cells: readonly Cell[], total: number): OrganizationRow[] {
  const more = apportion(
    Math.max(0, total - cells.length),
    cells.map(({ households }) => households),
  );
  const names = {
    association: businessNames(random, firstWords.association),
    cooperative: businessNames(random, firstWords.cooperative),
    committee: businessNames(random, firstWords.committee),
  };
  let number = 0;
  return cells.flatMap((cell, index) =>
    Array.from({ length: 1 + (more[index] ?? 0) }, () => {
      const kind = random.pick([
        "association",
        "association",
        "cooperative",
        "cooperative",
        "committee",
      ] as const);
      number += 1;
      return {
        id: random.id(),
        name: names[kind](),
        kind,
        districtCode: weightedDistrict(random, cell.districts),
        crops: [cell.crop],
        phone: demoPhone(firstPhone.organizations + number),
      };
    }),
  );
}

/** Who belongs where: the crop's share of members, smaller among small producers. */
export function makeMemberships(
  random: Random,
  producers: readonly Producer[],
  organizations: readonly OrganizationRow[],
): MembershipRow[] {
  const members: Producer[] = [];
  for (const crop of ["cacao", "coffee"] as const) {
    const shares = memberShares[crop];
    const all = producers.filter((producer) => producer.crop === crop);
    const [small, others] = [
      all.filter(({ size }) => size === "small"),
      all.filter(({ size }) => size !== "small"),
    ];
    const smallMembers = Math.round(small.length * shares.small);
    const otherMembers = Math.round(all.length * shares.all) - smallMembers;
    members.push(
      ...random.shuffled(small).slice(0, smallMembers),
      ...random.shuffled(others).slice(0, otherMembers),
    );
  }
  const seats = new Map<string, number>();
  return members.map(({ person, cell }) => {
    const home = organizations.filter(
      ({ districtCode, crops }) => districtCode.startsWith(cell.region) && crops.includes(cell.crop),
    );
    const nearby = home.filter(({ districtCode }) =>
      districtCode.startsWith(person.districtCode.slice(0, 4)),
    );
    const organizationId = random.pick(nearby.length > 0 ? nearby : home).id;
    const seat = (seats.get(organizationId) ?? 0) + 1;
    seats.set(organizationId, seat);
    return {
      personId: person.id,
      organizationId,
      role: seat === 1 ? "president" : seat <= 4 ? "board" : "member",
      sinceYear: random.between(2008, 2025),
    };
  });
}

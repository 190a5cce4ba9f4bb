import type { LimaDay } from "@minka/domain/lima-time";
import type { OrganizationRow } from "@minka/profiles";
import { apportion } from "@minka/domain/apportion";
import { businessNames } from "./names.ts";
import { organizationDetails } from "./organization-details.ts";
import { demoPhone, firstPhone, weightedDistrict } from "./places.ts";
import type { Cell } from "./programme.ts";
import { seededRandom, type Random } from "./random.ts";

const firstWords = {
  association: ["Asociación de Productores", "Asociación Agraria"],
  cooperative: ["Cooperativa Agraria", "Cooperativa de Servicios"],
  committee: ["Comité de Productores", "Comité Agrario"],
} as const;

/** One organization at least for each crop and region, the others where the households are. */
export function makeOrganizations(
  random: Random,
  cells: readonly Cell[],
  total: number,
  today: LimaDay,
): OrganizationRow[] {
  const more = apportion(
    Math.max(0, total - cells.length),
    cells.map(({ households }) => households),
  );
  const names = {
    association: businessNames(random, firstWords.association),
    cooperative: businessNames(random, firstWords.cooperative),
    committee: businessNames(random, firstWords.committee),
  };
  const details = seededRandom(total);
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
        ...organizationDetails(details, kind, today),
      };
    }),
  );
}

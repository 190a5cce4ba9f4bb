import { randomUUID } from "node:crypto";
import { readFarmFacts, type FarmFacts } from "@minka/contracts/farm-facts";
import type { TermsOf } from "@minka/contracts/offer-terms";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";

type Purchase = TermsOf<"purchase">;

const nothingOf = (personId: string): FarmFacts => ({ personId, plots: [], harvests: [], certificates: [] });

/** Farms as profiles would tell them, and what buyers ask for as catalog would. */
export function createFakeHarvest() {
  const farms = new Map<string, FarmFacts>();
  const demands = new Map<string, { providerId: string; version: number; terms: Purchase }>();
  return {
    farms,
    demands,
    /** A plot of so many hectares: a square with a border, or a mere point. */
    plot(personId: string, hectares: number, border = true): string {
      const plotId = randomUUID();
      const farm = farms.get(personId) ?? nothingOf(personId);
      const geometry = border
        ? ({
            type: "Polygon",
            coordinates: [
              [
                ["-76.5123400", "-8.1876000"],
                ["-76.5123400", "-8.1850000"],
                ["-76.5090000", "-8.1850000"],
                ["-76.5090000", "-8.1876000"],
                ["-76.5123400", "-8.1876000"],
              ],
            ],
          } as const)
        : ({ type: "Point", coordinates: ["-76.512340", "-8.187600"] } as const);
      farm.plots.push({
        plotId,
        districtCode: "221001",
        squareMetres: hectares * 10_000,
        tenure: "own",
        document: "title",
        geometry: structuredClone(geometry) as unknown as FarmFacts["plots"][number]["geometry"],
      });
      farms.set(personId, farm);
      return plotId;
    },
    demand(providerId: string, terms: Partial<Purchase> = {}): string {
      const offerId = randomUUID();
      demands.set(offerId, {
        providerId,
        version: 1,
        terms: {
          kind: "purchase",
          title: "Cacao seco",
          crop: "cacao",
          state: "dry",
          minimumKg: 500,
          price: { mode: "fixed", centimosPerKg: 2_000 },
          quality: {},
          certificates: [],
          delivery: { districtCode: "221001" },
          ...terms,
        },
      });
      return offerId;
    },
    mountFarms(app: App, people: ReadonlyMap<string, unknown>): void {
      mountEndpoint(app, readFarmFacts, async ({ body: { personIds } }) => ({
        farms: personIds.flatMap((personId) =>
          people.has(personId) ? [farms.get(personId) ?? nothingOf(personId)] : [],
        ),
      }));
    },
    offer(offerId: string, provider: (providerId: string) => unknown) {
      const found = demands.get(offerId);
      return (
        found && {
          id: offerId,
          version: found.version,
          provider: provider(found.providerId),
          terms: found.terms,
          coverage: ["22"],
          confirmedOn: "2026-11-01",
        }
      );
    },
  };
}

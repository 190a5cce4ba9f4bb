import { randomUUID } from "node:crypto";
import { findCandidates, type Candidate } from "@minka/contracts/catalog";
import { DomainError } from "@minka/domain/errors";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { defineService } from "@minka/service/define-service";

export function candidate(over: Partial<Candidate> = {}): Candidate {
  return {
    offerId: randomUUID(),
    offerVersion: 1,
    providerId: randomUUID(),
    providerName: "Rosa Tuanama",
    providerPersonId: randomUUID(),
    distanceKm: 9,
    priceCentimos: 3_000,
    priceUnit: "visita",
    monthlyCapacity: 20,
    fits: { topic: true, crop: true },
    confirmedOn: "2026-11-20",
    ...over,
  };
}

/** A catalog that finds what a test put into it, `near` always and `far` only in a wider search. */
export function createFakeCatalog() {
  const catalog = {
    near: [] as Candidate[],
    far: [] as Candidate[],
    emptyBecause: "nobody-reaches-there" as const,
    down: false,
    asked: [] as { wider: boolean; excludeOfferIds: string[] }[],
  };
  const definition = defineService({
    name: "catalog",
    migrations: null,
    start: () => ({
      routes(app) {
        mountEndpoint(app, findCandidates, async ({ body }) => {
          if (catalog.down) throw new DomainError("unavailable", "catalog-down", "Down for the test.");
          catalog.asked.push({ wider: body.wider, excludeOfferIds: body.excludeOfferIds });
          const candidates = [...catalog.near, ...(body.wider ? catalog.far : [])]
            .filter(({ offerId }) => !body.excludeOfferIds.includes(offerId))
            .slice(0, body.limit);
          return { candidates, emptyBecause: candidates.length > 0 ? null : catalog.emptyBecause };
        });
      },
    }),
  });
  return { catalog, definition };
}

import { randomUUID } from "node:crypto";
import {
  candidate as shape,
  explainCandidate,
  findCandidates,
  type Candidate,
  type NotCandidateCode,
} from "@minka/contracts/catalog";
import { complaintLifted, complaintRaised } from "@minka/contracts/complaints";
import { consentWithdrawn, providerSilent } from "@minka/contracts/events";
import { readUpkeep, type Upkeep } from "@minka/contracts/standings";
import type { Database } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { defineService, on } from "@minka/service/define-service";
import { createDecisions } from "./decisions.ts";
import { createFakePlanning } from "./fake-planning.ts";
import { createFakeSponsors } from "./fake-sponsors.ts";

export function candidate(over: Partial<Candidate> = {}): Candidate {
  return shape.parse({
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
  });
}

/** A catalog that finds what a test put into it, `near` always and `far` only in a wider search. */
export function createFakeCatalog() {
  const catalog = {
    near: [] as Candidate[],
    far: [] as Candidate[],
    /** Found where advice by phone or message is looked for, and nowhere else. */
    byPhone: [] as Candidate[],
    /** Why an offer is none, by its id. */
    whyNot: new Map<string, { code: NotCandidateCode; parameters: Record<string, string | number> }[]>(),
    /** What its providers have to keep up. */
    upkeep: new Map<string, Upkeep>(),
    emptyBecause: "nobody-reaches-there" as const,
    down: false,
    /** Happens once a search has found what it finds, before it hears of it. */
    beforeAnswer: async () => {},
    asked: [] as {
      wider: boolean;
      excludeOfferIds: string[];
      point?: object;
      sex?: "f" | "m";
      organicOnly?: true;
    }[],
  };
  let own: Database | undefined;
  const decisions = createDecisions(() => own);
  const sponsors = createFakeSponsors();
  const planning = createFakePlanning();
  const definition = defineService({
    name: "catalog",
    migrations: null,
    start: ({ db }) => ({
      routes(app) {
        own = db;
        decisions.routes(app);
        sponsors.catalogRoutes(app);
        planning.catalogRoutes(app);
        mountEndpoint(app, findCandidates, async ({ body }) => {
          if (catalog.down) throw new DomainError("unavailable", "catalog-down", "Down for the test.");
          const { wider, excludeOfferIds, point, requester } = body;
          catalog.asked.push({
            wider,
            excludeOfferIds,
            ...(point ? { point } : {}),
            ...(requester.sex ? { sex: requester.sex } : {}),
            ...(body.organicOnly ? { organicOnly: true } : {}),
          });
          const near = [...catalog.near, ...(body.wider ? catalog.far : [])];
          const candidates = (body.consultation ? catalog.byPhone : near)
            .filter(({ offerId }) => !body.excludeOfferIds.includes(offerId))
            .filter(({ offerId }) => body.onlyOfferIds?.includes(offerId) ?? true)
            .filter(({ providerId }) => !body.excludeProviderIds.includes(providerId))
            .slice(0, body.limit);
          await catalog.beforeAnswer();
          return { candidates, emptyBecause: candidates.length > 0 ? null : catalog.emptyBecause };
        });
        mountEndpoint(app, readUpkeep, async ({ params }) => {
          const known = catalog.upkeep.get(params.providerId);
          if (known) return known;
          throw new DomainError("not-found", "provider-unknown", "Unknown.");
        });
        mountEndpoint(app, explainCandidate, async ({ body }) => {
          const reasons = catalog.whyNot.get(body.offerId) ?? [];
          return { candidate: reasons.length === 0, reasons };
        });
      },
      // What becomes of offers is not matching's.
      handlers: [
        on(consentWithdrawn, async () => {}),
        on(complaintRaised, async () => {}),
        on(complaintLifted, async () => {}),
        on(providerSilent, async () => {}),
      ],
    }),
  });
  return { catalog, sponsors, planning, definition, decide: decisions.decide };
}

import { randomUUID } from "node:crypto";
import { findCandidates, type Candidate } from "@minka/contracts/catalog";
import { complaintLifted, complaintRaised } from "@minka/contracts/complaints";
import { consentWithdrawn } from "@minka/contracts/events";
import type { Database } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { defineService, on } from "@minka/service/define-service";
import { createDecisions } from "./decisions.ts";

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
    /** Happens once a search has found what it finds, before it hears of it. */
    beforeAnswer: async () => {},
    asked: [] as { wider: boolean; excludeOfferIds: string[]; point?: object; sex?: "f" | "m" }[],
  };
  let own: Database | undefined;
  const decisions = createDecisions(() => own);
  const definition = defineService({
    name: "catalog",
    migrations: null,
    start: ({ db }) => ({
      routes(app) {
        own = db;
        decisions.routes(app);
        mountEndpoint(app, findCandidates, async ({ body }) => {
          if (catalog.down) throw new DomainError("unavailable", "catalog-down", "Down for the test.");
          const { wider, excludeOfferIds, point, requester } = body;
          catalog.asked.push({
            wider,
            excludeOfferIds,
            ...(point ? { point } : {}),
            ...(requester.sex ? { sex: requester.sex } : {}),
          });
          const candidates = [...catalog.near, ...(body.wider ? catalog.far : [])]
            .filter(({ offerId }) => !body.excludeOfferIds.includes(offerId))
            .slice(0, body.limit);
          await catalog.beforeAnswer();
          return { candidates, emptyBecause: candidates.length > 0 ? null : catalog.emptyBecause };
        });
      },
      // What becomes of offers is not matching's.
      handlers: [
        on(consentWithdrawn, async () => {}),
        on(complaintRaised, async () => {}),
        on(complaintLifted, async () => {}),
      ],
    }),
  });
  return { catalog, definition, decide: decisions.decide };
}

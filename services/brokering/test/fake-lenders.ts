import { randomUUID } from "node:crypto";
import { readAskerFacts, type AskerFacts } from "@minka/contracts/asker";
import type { findCandidates } from "@minka/contracts/catalog";
import { requestDemand } from "@minka/contracts/demand";
import type { HandlerAnswer } from "@minka/contracts/endpoint";
import type { TermsOf } from "@minka/contracts/offer-terms";
import { readOfferVersion } from "@minka/contracts/offers";
import { identifyPhone } from "@minka/contracts/profiles";
import { listSharers } from "@minka/contracts/shared-phones";
import { countVisitsDone } from "@minka/contracts/visits-done";
import { DomainError } from "@minka/domain/errors";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { defineService } from "@minka/service/define-service";

type Loan = TermsOf<"credit">;
type Candidates = HandlerAnswer<typeof findCandidates>["candidates"];

/** S/ 1,000 to S/ 5,000 at 30% a year; no more is asked than each test says. */
const plainLoan: Loan = {
  kind: "credit",
  title: "Crédito de campaña",
  crops: [],
  purposes: ["fertilizer", "harvest", "other"],
  minimumCentimos: 20_000,
  maximumCentimos: 10_000_000,
  annualRatePercent: 30,
  minimumMonths: 1,
  maximumMonths: 24,
  graceMonths: 0,
  graceInterest: "paid",
  schedule: "monthly",
  openingFeeCentimos: 0,
  insuranceMonthlyPercent: 0,
  instalmentFeeCentimos: 0,
  requirements: [],
  audience: "everyone",
};

/** What lenders offer, what is known of who asks, and how many visits they had. */
export function createFakeLenders() {
  const loans = new Map<string, { providerId: string; terms: Loan }>();
  const facts = new Map<string, Partial<AskerFacts>>();
  const visits = new Map<string, number>();
  /** What matching knows to be looked for. */
  const demand: HandlerAnswer<typeof requestDemand>["cells"] = [];
  return {
    facts,
    visits,
    demand,
    lend(providerId: string, terms: Partial<Loan> = {}): string {
      const offerId = randomUUID();
      loans.set(offerId, { providerId, terms: { ...plainLoan, ...terms } });
      return offerId;
    },
    /** As catalog finds them: who is no woman is not sent to what is for women alone. */
    candidates(
      sex: "f" | "m" | null,
      contactOf: (providerId: string) => { personId: string; name: string } | undefined,
    ): Candidates {
      return [...loans].flatMap(([offerId, { providerId, terms }]) => {
        const contact = contactOf(providerId);
        if (!contact || (terms.audience === "women_only" && sex !== "f")) return [];
        return [
          {
            offerId,
            offerVersion: 1,
            providerId,
            providerName: contact.name,
            providerPersonId: contact.personId,
            distanceKm: null,
            priceCentimos: null,
            priceUnit: null,
            monthlyCapacity: null,
            fits: { topic: true, crop: true },
            confirmedOn: "2026-11-01",
          },
        ];
      });
    },
    mountTerms(app: App): void {
      mountEndpoint(app, readOfferVersion, async ({ params: { offerId } }) => {
        const found = loans.get(offerId);
        if (!found) throw new DomainError("not-found", "offer-unknown", "There is no such offer.");
        const since = "2026-11-01T15:00:00.000Z";
        return { offerId, version: 1, terms: found.terms, coverage: ["22"], since };
      });
    },
    mountPeople(app: App, people: ReadonlyMap<string, { phone: string; sex: "f" | "m" | null }>): void {
      mountEndpoint(app, readAskerFacts, async ({ params: { personId } }) =>
        readAskerFacts.answer.parse({ sex: people.get(personId)?.sex ?? null, ...facts.get(personId) }),
      );
      mountEndpoint(app, listSharers, async ({ body: { phone } }) => ({
        people: [...people]
          .filter(([, person]) => person.phone === phone)
          .map(([personId]) => ({ personId, name: null, hasWord: false })),
      }));
      mountEndpoint(app, identifyPhone, async ({ body: { phone } }) => {
        const found = [...people].find(([, person]) => person.phone === phone);
        return identifyPhone.answer.parse({
          person: !found
            ? null
            : {
                id: found[0],
                name: null,
                districtCode: null,
                consented: true,
                operator: false,
                sex: null,
                language: null,
                prefersWoman: false,
              },
        });
      });
    },
    matching: defineService({
      name: "matching",
      migrations: null,
      start: () => ({
        routes(app) {
          mountEndpoint(app, requestDemand, async ({ query: { products } }) => ({
            cells: demand.filter(({ product }) => products?.split(",").includes(product) ?? true),
          }));
          mountEndpoint(app, countVisitsDone, async ({ params: { personId } }) => ({
            visits: visits.get(personId) ?? 0,
          }));
        },
      }),
    }),
  };
}

import { listOffers, offersByDistrict } from "@minka/contracts/catalog";
import type { Answer } from "@minka/contracts/endpoint";
import { requestsByDistrict } from "@minka/contracts/matching";
import { publicTerms } from "@minka/contracts/public-terms";
import { simulatorRead, simulatorSend } from "@minka/contracts/notifications";
import { DomainError } from "@minka/domain/errors";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { defineService, type ServiceDefinition } from "@minka/service/define-service";

export type Offer = Answer<typeof listOffers>["items"][number];
type Message = Answer<typeof simulatorRead>["messages"][number];

const id = (number: number) => `019ab1ed-0000-7000-8000-${String(number).padStart(12, "0")}`;

export function visit(
  number: number,
  changes: { name?: string; price?: number; coverage?: string[] } = {},
): Offer {
  return {
    id: id(number),
    version: 1,
    provider: {
      id: id(number + 100_000),
      name: changes.name ?? `Rosa Pinchi ${number}`,
      kinds: ["agent"],
      districtCode: "221001",
    },
    terms: {
      kind: "assistance",
      topics: ["pest_management", "pruning"],
      specialistTopics: [],
      crops: ["cacao"],
      modalities: ["field_visit", "phone"],
      pricePerVisitCentimos: changes.price ?? 3000,
      monthlyCapacity: 40,
      reachKm: 25,
    },
    coverage: changes.coverage ?? ["2210"],
    confirmedOn: "2026-11-12",
  };
}

export function goods(number: number, title: string): Offer {
  return {
    id: id(number),
    version: 1,
    provider: {
      id: id(number + 100_000),
      name: "Agroveterinaria El Huallaga",
      kinds: ["supplier"],
      districtCode: "221001",
    },
    terms: {
      kind: "input",
      title,
      product: "compost",
      crops: ["cacao", "coffee"],
      pack: { amount: 50, unit: "kg" },
      tiers: [
        { minimumPacks: 1, priceCentimos: 125_050 },
        { minimumPacks: 10, priceCentimos: 120_000 },
      ],
      delivery: { districtCodes: [], days: 2 },
      organicApproved: true,
      pricePerUnitCentimos: { from: 2_400, to: 2_501 },
    },
    coverage: ["221001", "221005", "10"],
    confirmedOn: "2025-12-30",
  };
}

/** A loan with as many conditions as there are words for. */
export function loan(number: number, title: string): Offer {
  const terms = publicTerms(
    {
      kind: "credit",
      title,
      crops: [],
      purposes: ["harvest", "labour"],
      minimumCentimos: 50_000 + number * 1_000,
      maximumCentimos: 1_500_000,
      annualRatePercent: 20 + number / 10,
      minimumMonths: 4,
      maximumMonths: 18,
      graceMonths: 0,
      graceInterest: "paid",
      schedule: "harvest",
      harvestMonths: [5, 6, 7, 8],
      openingFeeCentimos: 1_500,
      insuranceMonthlyPercent: 0.1,
      instalmentFeeCentimos: 250,
      requirements: [
        { requirement: "identity_document", substitutes: [] },
        { requirement: "land_title", substitutes: ["possession_certificate", "association_endorsement"] },
        { requirement: "harvest_history", substitutes: ["purchase_contract", "technical_visit"] },
        { requirement: "no_overdue_debt", substitutes: [] },
      ],
      audience: "women_only",
    },
    "2026-11-24",
  );
  return {
    id: id(number),
    version: 1,
    provider: {
      id: id(number + 100_000),
      name: "Caja Rural Alto Huallaga",
      kinds: ["lender"],
      districtCode: "221001",
    },
    terms,
    coverage: ["22", "10"],
    confirmedOn: "2026-11-12",
  };
}

type Catalog = {
  offers: Offer[];
  counts: Answer<typeof offersByDistrict>["districts"];
  asked: unknown[];
  state: "up" | "down" | "stuck";
};

const asOf = "2026-11-24T14:00:00.000Z";

/** Resolves when the test ends: what a neighbour that accepts and never answers does. */
const never = new Promise<never>(() => {});

async function stateOf({ state }: { state: "up" | "down" | "stuck" }): Promise<void> {
  if (state === "down") throw new DomainError("unavailable", "database-down", "Not now.");
  if (state === "stuck") await never;
}

export function fakeCatalog(given: Partial<Catalog> = {}): Catalog & { service: ServiceDefinition } {
  const catalog: Catalog = { offers: [], counts: [], asked: [], state: "up", ...given };
  const service = defineService({
    name: "catalog",
    migrations: null,
    start: () => ({
      routes(app) {
        mountEndpoint(app, listOffers, async ({ query }) => {
          catalog.asked.push(query);
          await stateOf(catalog);
          const from = Number(query.cursor ?? 0);
          const matching = catalog.offers.filter(({ terms }) => !query.kind || terms.kind === query.kind);
          const end = from + query.limit;
          return { items: matching.slice(from, end), next: end < matching.length ? String(end) : null };
        });
        mountEndpoint(app, offersByDistrict, async () => {
          await stateOf(catalog);
          return { districts: catalog.counts, asOf };
        });
      },
    }),
  });
  return Object.assign(catalog, { service });
}

type Matching = { counts: Answer<typeof requestsByDistrict>["districts"]; state: "up" | "down" | "stuck" };

export function fakeMatching(given: Partial<Matching> = {}): Matching & { service: ServiceDefinition } {
  const matching: Matching = { counts: [], state: "up", ...given };
  const service = defineService({
    name: "matching",
    migrations: null,
    start: () => ({
      routes(app) {
        mountEndpoint(app, requestsByDistrict, async () => {
          await stateOf(matching);
          return { districts: matching.counts, asOf };
        });
      },
    }),
  });
  return Object.assign(matching, { service });
}

type Notifications = { messages: Map<string, Message[]>; state: "up" | "down" | "stuck" };

/** Answers each message with an echo, so that a conversation can be seen to go both ways. */
export function fakeNotifications(given: Partial<Notifications> = {}): Notifications & {
  service: ServiceDefinition;
} {
  const notifications: Notifications = { messages: new Map(), state: "up", ...given };
  const service = defineService({
    name: "notifications",
    migrations: null,
    start: () => ({
      routes(app) {
        mountEndpoint(app, simulatorSend, async ({ body: { from, text } }) => {
          await stateOf(notifications);
          const thread = notifications.messages.get(from) ?? [];
          notifications.messages.set(from, thread);
          const at = "2026-11-24T23:05:00.000Z";
          thread.push({ id: id(thread.length), direction: "in", text, at, segments: 1 });
          thread.push({ id: id(thread.length), direction: "out", text: `Leímos: ${text}`, at, segments: 2 });
          return { id: id(thread.length) };
        });
        mountEndpoint(app, simulatorRead, async ({ query: { phone } }) => {
          await stateOf(notifications);
          return { messages: notifications.messages.get(phone) ?? [] };
        });
      },
    }),
  });
  return Object.assign(notifications, { service });
}

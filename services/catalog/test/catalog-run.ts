import { generateKeyPairSync } from "node:crypto";
import { signPersonToken } from "@minka/auth/authentication";
import { findCandidates } from "@minka/contracts/catalog";
import { currentConduct } from "@minka/contracts/conduct";
import type { HandlerInput } from "@minka/contracts/endpoint";
import type { Need } from "@minka/contracts/need";
import type { OfferTerms, TermsOf } from "@minka/contracts/offer-terms";
import { registerProvider } from "@minka/contracts/providers";
import { newId } from "@minka/database/new-id";
import { isRuc } from "@minka/domain/identity-documents";
import { findDistrict, type Point } from "@minka/geography/districts";
import type { ServiceDefinition } from "@minka/service/define-service";
import { runForTest, type TestRun } from "@minka/test-kit/run-for-test";
import type { TestDatabase } from "@minka/test-kit/test-database";
import { catalog } from "../src/service.ts";
import { createFakeProfiles } from "./fake-profiles.ts";

export const tocache = "221001";
export const trace = { trace: "test-trace" };

const { privateKey, publicKey } = generateKeyPairSync("ed25519");

export type Who = { id: string; operator: boolean; through?: { personId: string } };

export type CatalogRun = TestRun & {
  unknownPersonId: string;
  /** What profiles answers. */
  profiles: ReturnType<typeof createFakeProfiles>["profiles"];
  /** Who enters what another checks. */
  operators: { maker: Who; checker: Who };
  /** Sends as anybody, or as nobody. */
  sendAs(
    who: Who | null,
    method: Method,
    url: string,
    payload?: object,
    key?: string,
  ): ReturnType<typeof send>;
  /** Sends a file as the body. */
  upload(who: Who | null, url: string, file: string | Uint8Array): ReturnType<typeof send>;
  /** One operator submits it, another verifies it. */
  verify(providerId: string): ReturnType<typeof send>;
  /** Sends as a person, or as an operator when no person is named. */
  post(url: string, payload: object, personId?: string): ReturnType<typeof send>;
  /** A provider with one offer, verified unless said; returns their ids. */
  provide(offer: Provided): Promise<{ providerId: string; offerId: string; personId: string }>;
  find(need: Need, more?: Partial<Search>): Promise<{ names: string[]; emptyBecause: string | null }>;
  candidates(need: Need, more?: Partial<Search>): ReturnType<typeof search>;
};

type Search = HandlerInput<typeof findCandidates>["body"];

type Provided = {
  name: string;
  terms: OfferTerms;
  coverage?: string[];
  verified?: boolean;
  personId?: string;
};

const search = (run: TestRun, need: Need, more: Partial<Search> = {}) =>
  run.callAs("matching")(
    findCandidates,
    { body: { need, districtCode: tocache, requesterPersonId: newId(), ...more } },
    trace,
  );

type Method = "GET" | "POST" | "PUT" | "DELETE";

const send = (
  run: TestRun,
  { method, url, payload }: { method: Method; url: string; payload: object | undefined },
  headers: Record<string, string>,
) => run.app.inject({ method, url, ...(payload ? { payload } : {}), headers });

export async function runCatalog(
  more: {
    neighbours?: ServiceDefinition[];
    environment?: Record<string, string>;
    database?: TestDatabase;
  } = {},
): Promise<CatalogRun> {
  const { profiles, definition } = createFakeProfiles(
    publicKey.export({ type: "spki", format: "pem" }).toString(),
  );
  const run = await runForTest([catalog, definition, ...(more.neighbours ?? [])], {
    environment: more.environment ?? {},
    ...(more.database ? { database: more.database } : {}),
  });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const operators = { maker: { id: newId(), operator: true }, checker: { id: newId(), operator: true } };
  const sendAs: CatalogRun["sendAs"] = (who, method, url, payload, key) =>
    send(
      run,
      { method, url, payload: accepting(method, url, payload) },
      {
        ...(who ? { authorization: `Bearer ${signPersonToken(run.app, pem, who)}` } : {}),
        ...(key === undefined ? {} : { "idempotency-key": key }),
      },
    );
  const upload: CatalogRun["upload"] = (who, url, file) =>
    send(
      run,
      { method: "POST", url, payload: Buffer.from(file) },
      {
        "content-type": "text/csv",
        ...(who ? { authorization: `Bearer ${signPersonToken(run.app, pem, who)}` } : {}),
      },
    );
  const post: CatalogRun["post"] = (url, payload, personId) =>
    sendAs(
      personId === undefined ? operators.maker : { id: personId, operator: false },
      "POST",
      url,
      payload,
    );
  const verify: CatalogRun["verify"] = async (providerId) => {
    await post(`/api/catalog/providers/${providerId}/submission`, {});
    const evidence = { evidence: "Seen in person" };
    return sendAs(operators.checker, "POST", `/api/catalog/providers/${providerId}/verification`, evidence);
  };
  return {
    ...run,
    unknownPersonId: profiles.unknownPersonId,
    profiles,
    operators,
    post,
    sendAs,
    upload,
    verify,
    async provide({ name, terms, coverage = ["PE"], verified = true, personId = newId() }) {
      const provider = await post("/api/catalog/providers", {
        ...entryFor(terms),
        name,
        personId,
        districtCode: tocache,
      });
      const { providerId } = provider.json();
      const offer = await post(`/api/catalog/providers/${providerId}/offers`, { terms, coverage });
      if (verified) await verify(providerId);
      return { providerId, offerId: offer.json().offerId, personId };
    },
    async find(need, more) {
      const { candidates, emptyBecause } = await search(run, need, more);
      return { names: candidates.map(({ providerName }) => providerName), emptyBecause };
    },
    candidates: (need, more) => search(run, need, more),
  };
}

/** Whoever is registered in a test accepts the code of conduct, unless the test says otherwise. */
function accepting(method: Method, url: string, payload: object | undefined): object | undefined {
  if (method !== "POST" || url !== registerProvider.path || !payload) return payload;
  return { acceptsConduct: currentConduct, ...payload };
}

/** The least that is entered of who offers such terms, whole enough to be verified. */
function entryFor({ kind }: OfferTerms) {
  const kinds = [providerKindOf[kind]];
  if (kind === "assistance") return { form: "person", kinds };
  const document = { type: "ruc", number: newRuc() };
  return { form: "company", kinds, document, ...(kind === "credit" ? { lenderRegister } : {}) };
}

export const lenderRegister = { register: "sbs", number: "4977-2018" };

let rucs = 0;

/** A company's RUC that nothing else of the tests has, with its check digit. */
export function newRuc(): string {
  rucs += 1;
  const digits = `20${String(rucs).padStart(8, "0")}`;
  return Array.from("0123456789", (check) => digits + check).find(isRuc) ?? digits;
}

const providerKindOf = {
  assistance: "agent",
  training: "trainer",
  input: "supplier",
  equipment: "supplier",
  service: "supplier",
  credit: "lender",
  purchase: "buyer",
} as const;

/** A point that many km north of a district's. */
function northOf(districtCode: string, km: number): Point {
  const district = findDistrict(districtCode);
  if (!district) throw new Error(`${districtCode} is no district`);
  return { ...district.point, latitude: district.point.latitude + km / 111.195 };
}

/** Assistance for cacao pests from a base that many km north of Tocache. */
export function assistance(km: number, more: Partial<TermsOf<"assistance">> = {}): TermsOf<"assistance"> {
  return {
    kind: "assistance",
    topics: ["pest_management"],
    specialistTopics: [],
    crops: ["cacao"],
    modalities: ["field_visit"],
    pricePerVisitCentimos: 3_000,
    monthlyCapacity: 20,
    base: northOf(tocache, km),
    reachKm: 30,
    ...more,
  };
}

const plain: { [Kind in Exclude<OfferTerms["kind"], "assistance">]: TermsOf<Kind> } = {
  training: {
    kind: "training",
    title: "Pruning in practice",
    topics: ["pruning"],
    crops: [],
    modality: "field_day",
    startsOn: "2026-12-05",
    endsOn: "2026-12-06",
    seats: 30,
    place: { districtCode: tocache, name: "Local comunal" },
    priceCentimos: 0,
    audience: "everyone",
  },
  input: {
    kind: "input",
    title: "Urea by the sack",
    product: "urea",
    crops: [],
    pack: { amount: 50, unit: "kg" },
    tiers: [
      { minimumPacks: 1, priceCentimos: 16_100 },
      { minimumPacks: 10, priceCentimos: 15_200 },
    ],
    delivery: { districtCodes: [], days: 3 },
    organicApproved: false,
  },
  equipment: {
    kind: "equipment",
    title: "Backpack sprayers",
    product: "sprayer",
    crops: [],
    mode: "sale",
    tiers: [{ minimumPacks: 1, priceCentimos: 22_000 }],
    delivery: { districtCodes: [], days: 0 },
  },
  service: {
    kind: "service",
    title: "Soil laboratory",
    service: "laboratory",
    crops: [],
    unit: "sample",
    priceCentimos: 9_000,
  },
  credit: {
    kind: "credit",
    title: "Harvest credit",
    crops: [],
    purposes: ["harvest"],
    minimumCentimos: 50_000,
    maximumCentimos: 1_000_000,
    annualRatePercent: 30,
    minimumMonths: 3,
    maximumMonths: 24,
    graceMonths: 0,
    graceInterest: "paid",
    schedule: "monthly",
    openingFeeCentimos: 0,
    insuranceMonthlyPercent: 0,
    instalmentFeeCentimos: 0,
    requirements: [{ requirement: "land_title", substitutes: ["possession_certificate"] }],
    audience: "everyone",
  },
  purchase: {
    kind: "purchase",
    title: "Dry cacao wanted",
    crop: "cacao",
    state: "dry",
    minimumKg: 50,
    price: { mode: "fixed", centimosPerKg: 2_400 },
    quality: {},
    certificates: [],
    delivery: { districtCode: tocache },
  },
};

/** Plain terms of a kind, with what a test says of its own. */
export function other<Kind extends keyof typeof plain>(
  kind: Kind,
  more: Partial<(typeof plain)[Kind]> = {},
): (typeof plain)[Kind] {
  return { ...plain[kind], ...more };
}

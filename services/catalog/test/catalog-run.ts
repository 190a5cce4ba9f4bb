import { generateKeyPairSync } from "node:crypto";
import { signPersonToken } from "@minka/auth/authentication";
import { authKeys } from "@minka/contracts/auth";
import { findCandidates, type OfferTerms } from "@minka/contracts/catalog";
import type { Need } from "@minka/contracts/need";
import { readPerson } from "@minka/contracts/profiles";
import { newId } from "@minka/database/new-id";
import { DomainError } from "@minka/domain/errors";
import { findDistrict, type Point } from "@minka/geography/districts";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { defineService } from "@minka/service/define-service";
import { runForTest, type TestRun } from "@minka/test-kit/run-for-test";
import { catalog } from "../src/service.ts";

export const tocache = "221001";
export const trace = { trace: "test-trace" };

const { privateKey, publicKey } = generateKeyPairSync("ed25519");

/** Profiles as far as catalog asks it: whose tokens hold, and who exists. */
function fakeProfiles(unknownPersonId: string) {
  return defineService({
    name: "profiles",
    migrations: null,
    start: () => ({
      routes(app) {
        mountEndpoint(app, authKeys, async () => ({
          publicKey: publicKey.export({ type: "spki", format: "pem" }).toString(),
        }));
        mountEndpoint(app, readPerson, async ({ params }) => {
          if (params.personId === unknownPersonId)
            throw new DomainError("not-found", "person-unknown", "Nobody has this id.");
          return {
            person: { id: params.personId, name: null, districtCode: null, consented: true, operator: false },
          };
        });
      },
    }),
  });
}

export type CatalogRun = TestRun & {
  unknownPersonId: string;
  /** Sends as a person, or as an operator when no person is named. */
  post(url: string, payload: object, personId?: string): ReturnType<typeof send>;
  /** A provider with one offer, verified unless said; returns their ids. */
  provide(offer: Provided): Promise<{ providerId: string; offerId: string; personId: string }>;
  find(need: Need, more?: Partial<Search>): Promise<{ names: string[]; emptyBecause: string | null }>;
  candidates(need: Need, more?: Partial<Search>): ReturnType<typeof search>;
};

type Search = {
  districtCode: string;
  requesterPersonId: string;
  excludeOfferIds: string[];
  wider: boolean;
  limit: number;
};

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

const send = (run: TestRun, url: string, payload: object, authorization: string) =>
  run.app.inject({ method: "POST", url, payload, headers: { authorization } });

export async function runCatalog(): Promise<CatalogRun> {
  const unknownPersonId = newId();
  const run = await runForTest([catalog, fakeProfiles(unknownPersonId)]);
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const operatorId = newId();
  const post: CatalogRun["post"] = (url, payload, personId) => {
    const who =
      personId === undefined ? { id: operatorId, operator: true } : { id: personId, operator: false };
    const authorization = `Bearer ${signPersonToken(run.app, pem, who)}`;
    return send(run, url, payload, authorization);
  };
  return {
    ...run,
    unknownPersonId,
    post,
    async provide({ name, terms, coverage = ["PE"], verified = true, personId = newId() }) {
      const provider = await post("/api/catalog/providers", {
        kind: "agent",
        name,
        personId,
        districtCode: tocache,
      });
      const { providerId } = provider.json();
      const offer = await post(`/api/catalog/providers/${providerId}/offers`, { terms, coverage });
      if (verified) {
        await post(`/api/catalog/providers/${providerId}/verification`, { evidence: "Seen in person" });
      }
      return { providerId, offerId: offer.json().offerId, personId };
    },
    async find(need, more) {
      const { candidates, emptyBecause } = await search(run, need, more);
      return { names: candidates.map(({ providerName }) => providerName), emptyBecause };
    },
    candidates: (need, more) => search(run, need, more),
  };
}

/** A point that many km north of a district's. */
function northOf(districtCode: string, km: number): Point {
  const district = findDistrict(districtCode);
  if (!district) throw new Error(`${districtCode} is no district`);
  return { ...district.point, latitude: district.point.latitude + km / 111.195 };
}

type Assistance = Extract<OfferTerms, { kind: "assistance" }>;

/** Assistance for cacao pests from a base that many km north of Tocache. */
export function assistance(km: number, more: Partial<Assistance> = {}): Assistance {
  return {
    kind: "assistance",
    topics: ["pest_management"],
    crops: ["cacao"],
    modalities: ["field_visit"],
    pricePerVisitCentimos: 3_000,
    monthlyCapacity: 20,
    base: northOf(tocache, km),
    reachKm: 30,
    ...more,
  };
}

type Other = Extract<OfferTerms, { title: string }>;

export function other(kind: Other["kind"], more: Partial<Other> = {}): Other {
  return { kind, title: "An offer", products: [], crops: [], priceCentimos: null, priceUnit: null, ...more };
}

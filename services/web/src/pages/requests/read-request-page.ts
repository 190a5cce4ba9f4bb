import type { Answer } from "@minka/contracts/endpoint";
import { readEngagementContact } from "@minka/contracts/meetings";
import { readMatchTerms, readRequest, type Request } from "@minka/contracts/matching";
import { listJoinablePools } from "@minka/contracts/pool-orders";
import type { PublicOfferTerms } from "@minka/contracts/offer-terms";
import { poolProducts } from "@minka/contracts/pools";
import { DomainError } from "@minka/domain/errors";
import type { SignedVisit } from "../../visits/visit.ts";
import { kindsWithTerms } from "./match-terms.ts";
import { agreedMatch, askedOf, listedOf } from "./request-words.ts";

export type RequestVisit = SignedVisit<{ requestId: string }>;
type Contact = Answer<typeof readEngagementContact>;
type Joinable = Answer<typeof listJoinablePools>["pools"][number];

export type RequestData = {
  readonly request: Request;
  /** Once both have agreed. */
  readonly contact: Contact | null;
  /** What their offers said, by match, of kinds whose price alone does not say what it is in all, and where. */
  readonly terms: ReadonlyMap<string, PublicOfferTerms>;
  /** A purchase of the same thing in which more people pay less. */
  readonly joinable: Joinable | null;
};

/** The one that they asked for; who serves it sees it at their own desk. */
export async function readOwnRequest({ call, params, person }: RequestVisit): Promise<Request> {
  const { request } = await call(readRequest, { params });
  if (request.personId !== person.personId)
    throw new DomainError("not-found", "no-such-page", "Nothing is here.");
  return request;
}

export async function readRequestPage(visit: RequestVisit): Promise<RequestData> {
  const request = await readOwnRequest(visit);
  const [contact, terms, joinable] = await Promise.all([
    request.engagement === null
      ? null
      : visit.callIfAny(readEngagementContact, { params: { engagementId: request.engagement.id } }),
    readTerms(visit, request),
    readJoinable(visit, request),
  ]);
  return { request, contact, terms, joinable };
}

async function readTerms(visit: RequestVisit, request: Request): Promise<RequestData["terms"]> {
  if (!kindsWithTerms.includes(request.need.kind)) return new Map();
  const shown = [...listedOf(request), ...askedOf(request), agreedMatch(request)].filter(
    (match) => match !== null,
  );
  const told = await Promise.all(
    shown.map(async ({ id }) => {
      const known = await visit.callIfAny(readMatchTerms, { params: { matchId: id } });
      return known ? [[id, known.terms] as const] : [];
    }),
  );
  return new Map(told.flat());
}

async function readJoinable(
  visit: RequestVisit,
  { need, state, districtCode }: Request,
): Promise<Joinable | null> {
  const product = poolProducts.find((each) => each === need.product);
  if (!product || (state !== "listed" && state !== "searching")) return null;
  const { personId } = visit.person;
  const found = await visit.callIfAny(listJoinablePools, {
    params: { personId },
    query: { product, districtCode },
  });
  return found?.pools.find(({ order }) => order === null) ?? null;
}

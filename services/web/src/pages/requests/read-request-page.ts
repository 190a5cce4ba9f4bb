import type { Answer } from "@minka/contracts/endpoint";
import { readEngagementContact } from "@minka/contracts/meetings";
import { readMatchTerms, readRequest, type Request } from "@minka/contracts/matching";
import type { Match } from "@minka/contracts/matches";
import { readOffer } from "@minka/contracts/offers";
import { listJoinablePools } from "@minka/contracts/pool-orders";
import type { PublicOfferTerms } from "@minka/contracts/offer-terms";
import { poolProducts } from "@minka/contracts/pools";
import { DomainError } from "@minka/domain/errors";
import type { SignedVisit } from "../../visits/visit.ts";
import type { Offer } from "../market/offer-row.ts";
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
  /** What those offers are now, by match: where the shop is, and when they were last said to hold. */
  readonly offers: ReadonlyMap<string, Offer>;
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
  const [contact, terms, offers, joinable] = await Promise.all([
    request.engagement === null
      ? null
      : visit.callIfAny(readEngagementContact, { params: { engagementId: request.engagement.id } }),
    ofShown(request, async ({ id }) =>
      visit.callIfAny(readMatchTerms, { params: { matchId: id } }).then((known) => known?.terms),
    ),
    ofShown(request, async ({ offerId }) =>
      visit.callIfAny(readOffer, { params: { offerId } }).then((known) => known?.offer),
    ),
    readJoinable(visit, request),
  ]);
  return { request, contact, terms, offers, joinable };
}

/** What is read of each match that the page shows, where its kind has terms that a price does not say. */
async function ofShown<Said>(
  request: Request,
  read: (match: Match) => Promise<Said | null | undefined>,
): Promise<ReadonlyMap<string, Said>> {
  if (!kindsWithTerms.includes(request.need.kind)) return new Map();
  const shown = [...listedOf(request), ...askedOf(request), agreedMatch(request)].filter(
    (match) => match !== null,
  );
  const told = await Promise.all(
    shown.map(async (match) => {
      const said = await read(match);
      return said ? [[match.id, said] as const] : [];
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

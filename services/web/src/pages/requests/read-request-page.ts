import type { Answer } from "@minka/contracts/endpoint";
import { readEngagementContact } from "@minka/contracts/meetings";
import { readMatchTerms, readRequest, type Request } from "@minka/contracts/matching";
import { listJoinablePools } from "@minka/contracts/pool-orders";
import { poolProducts } from "@minka/contracts/pools";
import { DomainError } from "@minka/domain/errors";
import type { SignedVisit } from "../../visits/visit.ts";
import { costOf } from "../market/offer-row.ts";
import { listedOf } from "./request-words.ts";

export type RequestVisit = SignedVisit<{ requestId: string }>;
type Contact = Answer<typeof readEngagementContact>;
type Joinable = Answer<typeof listJoinablePools>["pools"][number];

/** An amount, and what it is for. */
export type Cost = ReturnType<typeof costOf>;

export type RequestData = {
  readonly request: Request;
  /** Once both have agreed. */
  readonly contact: Contact | null;
  /** What buyers pay, by match: often against a reference, which a match's price cannot say. */
  readonly paid: ReadonlyMap<string, Cost>;
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
  const [contact, paid, joinable] = await Promise.all([
    request.engagement === null
      ? null
      : visit.callIfAny(readEngagementContact, { params: { engagementId: request.engagement.id } }),
    readPaid(visit, request),
    readJoinable(visit, request),
  ]);
  return { request, contact, paid, joinable };
}

async function readPaid(visit: RequestVisit, request: Request): Promise<ReadonlyMap<string, Cost>> {
  if (request.need.kind !== "purchase") return new Map();
  const told = await Promise.all(
    listedOf(request).map(async ({ id }) => {
      const known = await visit.callIfAny(readMatchTerms, { params: { matchId: id } });
      return known ? [[id, costOf(known.terms)] as const] : [];
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

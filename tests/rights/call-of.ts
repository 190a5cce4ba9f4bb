import type { Endpoint } from "@minka/contracts/endpoint";
import { operationOf } from "@minka/contracts/rights";
import type { Call } from "./callers.ts";
import { written } from "./inputs.ts";
import { memberList } from "./make-organization.ts";
import { priceList } from "./make-providers.ts";
import type { Means, Try } from "./tries.ts";
import { validInput } from "./valid-values.ts";
import { placeList, type Rows } from "./world.ts";

/** Files to send. */
const lists: readonly [path: string, file: string][] = [
  ["/api/profiles/organizations/:organizationId/imports", memberList(["Lidia Vela,41000009,221001"])],
  ["/api/catalog/providers/:providerId/imports", priceList],
  ["/api/catalog/places/imports", placeList],
];

/** Rows by another name than the address's, where a name means several things. */
const renamed: readonly [path: string, name: string, row: string][] = [
  ["/api/profiles/operators/:personId", "personId", "appointedId"],
  ["/api/profiles/memberships/:membershipId", "membershipId", "memberMembershipId"],
  ["/api/profiles/memberships/:membershipId/end", "membershipId", "memberMembershipId"],
  ["/api/profiles/memberships/:membershipId/leave", "membershipId", "askedMembershipId"],
  ["/api/profiles/memberships/:membershipId/news", "membershipId", "askedMembershipId"],
  ["/api/catalog/providers/:providerId/verification", "providerId", "pendingProviderId"],
  ["/api/catalog/providers/:providerId/certificates/", "certificateId", "providerCertificateId"],
  ["/api/catalog/providers/:providerId/grants/", "organizationId", "granteeId"],
  ["/api/catalog/providers/:providerId/imports/", "importId", "priceImportId"],
  ["/api/catalog/places/imports/", "importId", "placesImportId"],
  ["/api/catalog/stock/", "itemId", "stockItemId"],
  ["/api/catalog/offers/:offerId/quote", "offerId", "creditOfferId"],
  ["/api/matching/requests/:requestId/refusal", "requestId", "refusableRequestId"],
  ["/api/matching/requests/:requestId/search", "requestId", "handedRequestId"],
  ["/api/matching/requests/:requestId/offers/:offerId/explanation", "offerId", "listedOfferId"],
  ["/api/matching/matches/:matchId/answer", "matchId", "askMatchId"],
  ["/api/matching/engagements/:engagementId/arrival", "engagementId", "providedEngagementId"],
  ["/api/matching/engagements/:engagementId/departure", "engagementId", "providedEngagementId"],
  ["/api/matching/engagements/:engagementId/cancellation", "engagementId", "providedEngagementId"],
  ["/api/matching/engagements/:engagementId/rework/answer", "engagementId", "providedEngagementId"],
];

function rowName(path: string, name: string): string {
  const other = renamed.find(
    ([of, its]) => its === name && (of.endsWith("/") ? path.startsWith(of) : path === of),
  );
  return other?.[2] ?? name;
}

/** The name of what an address names within something: a plot of a person. */
const innerName = (path: string): string | undefined =>
  [...path.matchAll(/:(\w+Id)\b/g)].flatMap(([, name]) => name ?? [])[1];

/** Its row, or null where the address names no two. */
export function innerRow({ path }: Endpoint): string | null {
  const name = innerName(path);
  return name === undefined ? null : rowName(path, name);
}

/** A call that says what the endpoint asks for, about these rows. */
export async function callOf(endpoint: Endpoint, attempt: Try, means: Means): Promise<Call> {
  const { method, path, query, body, upload } = endpoint;
  const { rows } = attempt;
  const input = (await written[operationOf(endpoint)]?.(attempt, means)) ?? {};
  const url = path.replace(/:(\w+)/g, (_, name: string) => {
    const own = input.params?.[name] ?? rows[rowName(path, name)];
    const given = name === innerName(path) ? (attempt.inner ?? own) : own;
    if (!given) throw new Error(`${operationOf(endpoint)}: no row has ${name}`);
    return given;
  });
  const asked = input.query ?? (query ? (validInput(query, rows) as Rows) : {});
  const search = new URLSearchParams(asked).toString();
  return {
    method,
    url: search === "" ? url : `${url}?${search}`,
    body: upload
      ? lists.find(([of]) => of === path)?.[1]
      : body
        ? (input.body ?? validInput(body, { ...rows, ...input.params }))
        : undefined,
    type: upload ? upload.contentTypes[0] : undefined,
  };
}

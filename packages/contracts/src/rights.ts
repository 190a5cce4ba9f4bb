import type { Access, Endpoint } from "./endpoint.ts";

/**
 * Who may call what. The table is the truth: a test holds the endpoints' coarse gate against it, and another one
 * calls every endpoint as every role.
 *
 * The roles:
 * - anonymous: nobody signed in.
 * - producer: somebody signed in, with no part in anything but a plain membership of an organization.
 * - broker, manager: of an organization. What the manager has of providers is the one that the organization is; an
 *   organization that was granted a provider's offers has the same of those offers as the provider's staff.
 * - staff, owner: of a provider that is a company; the owner is its manager.
 * - agent: manager of the provider that they themself are.
 * - operator: of Minka, of whom the audit names each act. Where it says `own` an operator is a person like others.
 * - service: another of Minka's services, passing on what somebody said.
 *
 * The cells: `any` whatever row; `own` only what is theirs; `-` nothing. Theirs is, for
 * - whoever is signed in: themself with their data, plots, consents, requests and memberships, what they are asked,
 *   and the permissions to act that they gave or hold;
 * - a broker, a manager: also their organization with its members and lists, and a manager its provider;
 * - staff: also their provider's offers, their own part in the staff, and asks where they are the contact person;
 * - an owner, an agent: also the provider itself with its offers and staff, and the asks that come to them.
 *
 * Who acts for a person who agreed has exactly that person's rights, and none of an operator's, minus the acts
 * `notWhileActing`, which `refuseWhileActing` guards.
 */
const table = `
                                                                                               anonymous producer broker manager staff owner agent operator service

Sign-in
POST   /api/auth/codes                                                                         any       any      any    any     any   any   any   any      any
POST   /api/auth/tokens                                                                        any       any      any    any     any   any   any   any      any
POST   /api/auth/tokens/refresh                                                                any       any      any    any     any   any   any   any      any
POST   /api/auth/sign-out                                                                      any       any      any    any     any   any   any   any      any
POST   /api/auth/sign-out-everywhere                                                           -         own      own    own     own   own   own   own      -
GET    /api/auth/keys                                                                          any       any      any    any     any   any   any   any      any

Acting for others
POST   /api/profiles/delegations                                                               -         own      own    own     own   own   own   own      -
POST   /api/profiles/delegations/spoken                                                        -         -        own    own     -     -     -     any      -
GET    /api/profiles/delegations                                                               -         own      own    own     own   own   own   own      -
POST   /api/profiles/delegations/:delegationId/withdrawal                                      -         own      own    own     own   own   own   any      -
POST   /api/auth/acting                                                                        -         own      own    own     own   own   own   own      -
POST   /api/profiles/people/assisted                                                           -         own      own    own     own   own   own   own      -
POST   /api/profiles/errands                                                                   -         -        -      -       -     -     -     -        any
GET    /api/profiles/errands/:errandId                                                         -         -        -      -       -     -     -     -        any
GET    /api/profiles/errands/:errandId/news                                                    -         -        -      -       -     -     -     -        any
GET    /api/catalog/people/:personId/agent                                                     -         -        -      -       -     -     -     -        any

Operators
GET    /api/profiles/operators                                                                 -         -        -      -       -     -     -     any      -
POST   /api/profiles/operators                                                                 -         -        -      -       -     -     -     any      -
DELETE /api/profiles/operators/:personId                                                       -         -        -      -       -     -     -     any      -

People
POST   /api/profiles/people                                                                    -         -        -      -       -     -     -     -        any
PUT    /api/profiles/people/:personId                                                          -         own      own    own     own   own   own   any      any
GET    /api/profiles/people/:personId                                                          -         own      own    own     own   own   own   any      any
GET    /api/profiles/people/:personId/profile                                                  -         own      own    own     own   own   own   any      -
GET    /api/profiles/people/:personId/consents                                                 -         own      own    own     own   own   own   any      any
POST   /api/profiles/people/:personId/consents                                                 -         own      own    own     own   own   own   any      any
POST   /api/profiles/people/:personId/consents/:purpose/withdrawal                             -         own      own    own     own   own   own   any      any
GET    /api/profiles/people/:personId/certificates                                             -         own      own    own     own   own   own   any      -
POST   /api/profiles/people/:personId/certificates                                             -         own      own    own     own   own   own   any      -
PUT    /api/profiles/people/:personId/certificates/:certificateId                              -         own      own    own     own   own   own   any      -
DELETE /api/profiles/people/:personId/certificates/:certificateId                              -         own      own    own     own   own   own   any      -

Plots and seasons
GET    /api/profiles/people/:personId/plots                                                    -         own      own    own     own   own   own   any      -
POST   /api/profiles/people/:personId/plots                                                    -         own      own    own     own   own   own   any      -
GET    /api/profiles/people/:personId/plots/:plotId                                            -         own      own    own     own   own   own   any      -
PUT    /api/profiles/people/:personId/plots/:plotId                                            -         own      own    own     own   own   own   any      -
DELETE /api/profiles/people/:personId/plots/:plotId                                            -         own      own    own     own   own   own   any      -
GET    /api/profiles/people/:personId/plots.geojson                                            -         own      own    own     own   own   own   any      -
GET    /api/profiles/people/:personId/seasons                                                  -         own      own    own     own   own   own   any      -
POST   /api/profiles/people/:personId/seasons                                                  -         own      own    own     own   own   own   any      -
PUT    /api/profiles/people/:personId/seasons/:seasonId                                        -         own      own    own     own   own   own   any      -
DELETE /api/profiles/people/:personId/seasons/:seasonId                                        -         own      own    own     own   own   own   any      -

Phones
POST   /api/profiles/phones/identify                                                           -         -        -      -       -     -     -     -        any
POST   /api/profiles/contacts                                                                  -         -        -      -       -     -     -     -        any
POST   /api/profiles/audiences                                                                 -         -        -      -       -     -     -     -        any
POST   /api/profiles/audiences/count                                                           -         -        -      -       -     -     -     -        any
POST   /api/profiles/people/women                                                              -         -        -      -       -     -     -     -        any
POST   /api/profiles/phones/people                                                             -         -        -      -       -     -     -     -        any
POST   /api/profiles/phones/speaker                                                            -         -        -      -       -     -     -     -        any
POST   /api/profiles/phones/newcomers                                                          -         -        -      -       -     -     -     -        any
PUT    /api/profiles/people/:personId/private-word                                             -         own      own    own     own   own   own   own      any

Organizations
GET    /api/profiles/organizations                                                             any       any      any    any     any   any   any   any      any
GET    /api/profiles/organizations/:organizationId                                             any       any      any    any     any   any   any   any      any
POST   /api/profiles/organizations                                                             -         own      own    own     own   own   own   any      any
PUT    /api/profiles/organizations/:organizationId                                             -         -        -      own     -     -     -     any      -
POST   /api/profiles/organizations/:organizationId/verify                                      -         -        -      -       -     -     -     any      -
POST   /api/profiles/organizations/:organizationId/close                                       -         -        -      own     -     -     -     any      -
POST   /api/profiles/groups                                                                    -         own      own    own     own   own   own   any      any
GET    /api/profiles/organizations/:organizationId/board                                       -         own      own    own     -     -     -     any      -
POST   /api/profiles/organizations/:organizationId/board                                       -         -        -      own     -     -     -     any      -
PUT    /api/profiles/organizations/:organizationId/board/:seatId                               -         -        -      own     -     -     -     any      -
DELETE /api/profiles/organizations/:organizationId/board/:seatId                               -         -        -      own     -     -     -     any      -

Members and their lists
GET    /api/profiles/people/:personId/memberships                                              -         own      own    own     own   own   own   any      any
POST   /api/profiles/organizations/:organizationId/members                                     -         -        -      own     -     -     -     any      -
POST   /api/profiles/organizations/:organizationId/requests                                    -         own      own    own     own   own   own   any      any
GET    /api/profiles/organizations/:organizationId/members                                     -         -        own    own     -     -     -     any      -
POST   /api/profiles/memberships/:membershipId/answer                                          -         own      own    own     own   own   own   any      -
POST   /api/profiles/memberships/:membershipId/leave                                           -         own      own    own     own   own   own   own      any
POST   /api/profiles/memberships/:membershipId/end                                             -         -        -      own     -     -     -     any      -
PUT    /api/profiles/memberships/:membershipId                                                 -         -        -      own     -     -     -     any      -
GET    /api/profiles/memberships/:membershipId/news                                            -         -        -      -       -     -     -     -        any
POST   /api/profiles/organizations/:organizationId/imports                                     -         -        own    own     -     -     -     any      -
GET    /api/profiles/organizations/:organizationId/imports                                     -         -        own    own     -     -     -     any      -
GET    /api/profiles/organizations/:organizationId/imports/:importId                           -         -        own    own     -     -     -     any      -
GET    /api/profiles/organizations/:organizationId/imports/:importId/findings                  -         -        own    own     -     -     -     any      -
POST   /api/profiles/organizations/:organizationId/imports/:importId/start                     -         -        own    own     -     -     -     any      -
POST   /api/profiles/organizations/:organizationId/imports/:importId/cancel                    -         -        own    own     -     -     -     any      -
GET    /api/profiles/organizations/:organizationId/members-file                                -         -        -      own     -     -     -     any      -
GET    /api/profiles/organizations/:organizationId/invitations                                 -         -        own    own     -     -     -     any      -
POST   /api/profiles/organizations/:organizationId/invitations/:invitationId/spoken-agreement  -         -        own    own     -     -     -     any      -

Personal data
GET    /api/profiles/people/:personId/data                                                     -         own      own    own     own   own   own   any      -
POST   /api/profiles/people/:personId/data-files                                               -         -        -      -       -     -     -     -        any
POST   /api/profiles/data-files/:token                                                         any       any      any    any     any   any   any   any      any
POST   /api/profiles/people/:personId/erasure                                                  -         own      own    own     own   own   own   any      any
GET    /api/profiles/erasures/:erasureId                                                       -         -        -      -       -     -     -     any      -
POST   /api/catalog/personal-data/export                                                       -         -        -      -       -     -     -     -        any
POST   /api/catalog/personal-data/erasure                                                      -         -        -      -       -     -     -     -        any
POST   /api/matching/personal-data/export                                                      -         -        -      -       -     -     -     -        any
POST   /api/matching/personal-data/erasure                                                     -         -        -      -       -     -     -     -        any
POST   /api/notifications/personal-data/export                                                 -         -        -      -       -     -     -     -        any
POST   /api/notifications/personal-data/erasure                                                -         -        -      -       -     -     -     -        any

Questions by SMS
GET    /api/profiles/confirmations/:kind/:id                                                   -         -        -      -       -     -     -     -        any
POST   /api/profiles/confirmations/:kind/:id/answer                                            -         -        -      -       -     -     -     -        any
GET    /api/catalog/confirmations/:kind/:id                                                    -         -        -      -       -     -     -     -        any
POST   /api/catalog/confirmations/:kind/:id/answer                                             -         -        -      -       -     -     -     -        any

Providers
GET    /api/catalog/providers                                                                  any       any      any    any     any   any   any   any      any
POST   /api/catalog/providers                                                                  -         own      own    own     own   own   own   any      -
PUT    /api/catalog/providers/:providerId                                                      -         -        -      own     -     own   own   any      -
GET    /api/catalog/providers/:providerId                                                      any       any      any    any     any   any   any   any      any
GET    /api/catalog/providers/:providerId/record                                               -         -        -      own     -     own   own   any      -
GET    /api/catalog/provider-records                                                           -         -        -      -       -     -     -     any      -
GET    /api/catalog/people/:personId/providers                                                 -         own      own    own     own   own   own   any      any
POST   /api/catalog/providers/:providerId/submission                                           -         -        -      own     -     own   own   any      -
POST   /api/catalog/providers/:providerId/verification                                         -         -        -      -       -     -     -     any      -
POST   /api/catalog/providers/:providerId/rejection                                            -         -        -      -       -     -     -     any      -
POST   /api/catalog/providers/:providerId/revision                                             -         -        -      own     -     own   own   any      -
POST   /api/catalog/providers/:providerId/suspension                                           -         -        -      -       -     -     -     any      -
POST   /api/catalog/providers/:providerId/reinstatement                                        -         -        -      -       -     -     -     any      -
POST   /api/catalog/providers/:providerId/closure                                              -         -        -      own     -     own   own   any      -
GET    /api/catalog/provider-decisions/:decisionId                                             -         -        -      -       -     -     -     -        any
PUT    /api/catalog/people/:personId/rest                                                      -         own      own    own     own   own   own   any      any
PUT    /api/catalog/providers/:providerId/agent-profile                                        -         -        -      own     -     own   own   any      -
POST   /api/catalog/providers/:providerId/certificates                                         -         -        -      own     -     own   own   any      -
POST   /api/catalog/providers/:providerId/certificates/:certificateId/check                    -         -        -      -       -     -     -     any      -
DELETE /api/catalog/providers/:providerId/certificates/:certificateId                          -         -        -      own     -     own   own   any      -
POST   /api/catalog/providers/:providerId/staff                                                -         -        -      own     -     own   own   any      -
DELETE /api/catalog/providers/:providerId/staff/:personId                                      -         -        -      own     own   own   own   any      -
POST   /api/catalog/providers/:providerId/grants                                               -         -        -      own     -     own   own   -        -
DELETE /api/catalog/providers/:providerId/grants/:organizationId                               -         -        -      own     -     own   own   any      -

Offers
POST   /api/catalog/candidates                                                                 -         -        -      -       -     -     -     -        any
POST   /api/catalog/candidates/explanation                                                     -         -        -      -       -     -     -     any      any
GET    /api/catalog/offers                                                                     any       any      any    any     any   any   any   any      any
POST   /api/catalog/offers/:offerId/confirmation                                               -         -        -      own     own   own   own   any      -
GET    /api/catalog/prices                                                                     any       any      any    any     any   any   any   any      any
GET    /api/catalog/overview                                                                   any       any      any    any     any   any   any   any      any
POST   /api/catalog/providers/:providerId/offers                                               -         -        -      own     own   own   own   any      -
PUT    /api/catalog/offers/:offerId                                                            -         -        -      own     own   own   own   any      -
POST   /api/catalog/offers/:offerId/state                                                      -         -        -      own     own   own   own   any      -
GET    /api/catalog/offers/:offerId                                                            any       any      any    any     any   any   any   any      any
GET    /api/catalog/offers/:offerId/record                                                     -         -        -      own     own   own   own   any      -
GET    /api/catalog/offers/:offerId/versions/:version                                          -         -        -      own     own   own   own   any      any
GET    /api/catalog/providers/:providerId/offers                                               any       any      any    any     any   any   any   any      any
GET    /api/catalog/providers/:providerId/offer-records                                        -         -        -      own     own   own   own   any      -
POST   /api/catalog/offers/:offerId/quote                                                      any       any      any    any     any   any   any   any      any
POST   /api/catalog/providers/:providerId/imports                                              -         -        -      own     own   own   own   any      -
GET    /api/catalog/providers/:providerId/imports                                              -         -        -      own     own   own   own   any      -
GET    /api/catalog/providers/:providerId/imports/:importId                                    -         -        -      own     own   own   own   any      -
GET    /api/catalog/providers/:providerId/imports/:importId/findings                           -         -        -      own     own   own   own   any      -
POST   /api/catalog/providers/:providerId/imports/:importId/start                              -         -        -      own     own   own   own   any      -
POST   /api/catalog/providers/:providerId/imports/:importId/cancel                             -         -        -      own     own   own   own   any      -
GET    /api/catalog/providers/:providerId/price-list                                           -         -        -      own     own   own   own   any      -

Populated places
POST   /api/catalog/places/imports                                                             -         -        -      -       -     -     -     any      -
GET    /api/catalog/places/imports                                                             -         -        -      -       -     -     -     any      -
GET    /api/catalog/places/imports/:importId                                                   -         -        -      -       -     -     -     any      -
GET    /api/catalog/places/imports/:importId/findings                                          -         -        -      -       -     -     -     any      -
POST   /api/catalog/places/imports/:importId/start                                             -         -        -      -       -     -     -     any      -
POST   /api/catalog/places/imports/:importId/cancel                                            -         -        -      -       -     -     -     any      -
GET    /api/catalog/places                                                                     any       any      any    any     any   any   any   any      any
POST   /api/catalog/places/resolution                                                          -         -        -      -       -     -     -     -        any

Requests and matches
POST   /api/matching/requests                                                                  -         own      own    own     own   own   own   own      any
GET    /api/matching/requests/:requestId                                                       -         own      own    own     own   own   own   any      any
GET    /api/matching/requests                                                                  -         own      own    own     own   own   own   any      any
POST   /api/matching/matches/:matchId/choice                                                   -         own      own    own     own   own   own   any      any
GET    /api/matching/matches/:matchId/terms                                                    -         own      own    own     own   own   own   any      any
POST   /api/matching/requests/:requestId/refusal                                               -         own      own    own     own   own   own   any      any
POST   /api/matching/requests/:requestId/search                                                -         -        -      -       -     -     -     any      -
POST   /api/matching/requests/:requestId/cancellation                                          -         own      own    own     own   own   own   any      any
POST   /api/matching/requests/:requestId/attendance                                            -         own      own    own     own   own   own   any      any
GET    /api/matching/asks                                                                      -         own      own    own     own   own   own   own      -
POST   /api/matching/matches/:matchId/answer                                                   -         -        -      own     own   own   own   any      any
POST   /api/matching/matches/:matchId/unreachable                                              -         -        -      -       -     -     -     -        any
POST   /api/matching/engagements/:engagementId/outcome                                         -         own      own    own     own   own   own   any      any
POST   /api/matching/engagements/:engagementId/rating                                          -         own      own    own     own   own   own   own      any
GET    /api/matching/people/:personId/open-matters                                             -         -        -      -       -     -     -     -        any
POST   /api/matching/complaints                                                                -         -        -      -       -     -     -     -        any
GET    /api/matching/complaints                                                                -         -        -      -       -     -     -     any      any
GET    /api/matching/complaints/:complaintId                                                   -         -        -      -       -     -     -     any      any
POST   /api/matching/complaints/:complaintId/settlement                                        -         -        -      -       -     -     -     any      -
POST   /api/matching/complaints/:complaintId/dealing                                           -         -        -      -       -     -     -     any      -
GET    /api/matching/overview                                                                  any       any      any    any     any   any   any   any      any

Messages
POST   /simulator/messages                                                                     any       any      any    any     any   any   any   any      any
GET    /simulator/messages                                                                     any       any      any    any     any   any   any   any      any
POST   /api/notifications/messages                                                             -         -        -      -       -     -     -     -        any
GET    /api/notifications/channels                                                             -         -        -      -       -     -     -     any      -
GET    /api/notifications/attention                                                            -         -        -      -       -     -     -     any      -
GET    /api/notifications/attention/:itemId/contact                                            -         -        -      -       -     -     -     any      -
POST   /api/notifications/attention/:itemId/reply                                              -         -        -      -       -     -     -     any      -
POST   /api/notifications/attention/:itemId/resolution                                         -         -        -      -       -     -     -     any      -
GET    /api/notifications/conversations                                                        -         -        -      -       -     -     -     any      -
GET    /api/notifications/conversations/:conversationId                                        -         -        -      -       -     -     -     any      -
POST   /api/notifications/conversations/:conversationId/takeover                               -         -        -      -       -     -     -     any      -
POST   /api/notifications/conversations/:conversationId/messages                               -         -        -      -       -     -     -     any      -
POST   /api/notifications/conversations/:conversationId/handback                               -         -        -      -       -     -     -     any      -
GET    /api/notifications/misunderstood                                                        -         -        -      -       -     -     -     any      -
GET    /api/notifications/misunderstood/export                                                 -         -        -      -       -     -     -     any      -
POST   /api/notifications/misunderstood/:misunderstoodId/correction                            -         -        -      -       -     -     -     any      -
POST   /api/notifications/misunderstood/:misunderstoodId/dismissal                             -         -        -      -       -     -     -     any      -
POST   /api/notifications/bulletins                                                            -         -        -      own     -     -     -     any      -
GET    /api/notifications/bulletins                                                            -         -        -      own     -     -     -     any      -
GET    /api/notifications/bulletins/:bulletinId                                                -         -        -      own     -     -     -     any      -
POST   /api/notifications/bulletins/:bulletinId/approval                                       -         -        -      own     -     -     -     any      -
POST   /api/notifications/bulletins/:bulletinId/cancellation                                   -         -        -      own     -     -     -     any      -
`;

/**
 * What belongs to the person alone, whoever acts for them: where they are signed in, who acts for them, what they
 * consent to, that they belong somewhere, the word by which they are known, and all that is held on them.
 */
export const notWhileActing: readonly string[] = [
  "POST /api/auth/sign-out-everywhere",
  "POST /api/profiles/delegations",
  "POST /api/profiles/delegations/spoken",
  "POST /api/profiles/delegations/:delegationId/withdrawal",
  "POST /api/auth/acting",
  "POST /api/profiles/people/assisted",
  "POST /api/profiles/people/:personId/consents",
  "POST /api/profiles/people/:personId/consents/:purpose/withdrawal",
  "PUT /api/profiles/people/:personId/private-word",
  "POST /api/profiles/memberships/:membershipId/answer",
  "GET /api/profiles/people/:personId/data",
  "POST /api/profiles/people/:personId/erasure",
];

export const roles = [
  "anonymous",
  "producer",
  "broker",
  "manager",
  "staff",
  "owner",
  "agent",
  "operator",
  "service",
] as const;
export type Role = (typeof roles)[number];

/** Whatever row, only what is theirs, nothing. */
const rights = ["any", "own", "-"] as const;
export type Right = (typeof rights)[number];

export type Rights = Readonly<Record<Role, Right>>;

type Operation = Pick<Endpoint, "method" | "path">;

/** As a row of the table begins: "GET /api/catalog/offers". */
export const operationOf = ({ method, path }: Operation): string => `${method} ${path}`;

/** The table by operation. Throws for one that cannot be read, or says two things of an operation. */
export function readRights(text: string): ReadonlyMap<string, Rights> {
  const rows = new Map<string, Rights>();
  const [header = "", ...lines] = text.split("\n").filter((line) => line.trim() !== "");
  if (header.trim().split(/\s+/).join() !== roles.join()) throw new Error(`not the roles: ${header.trim()}`);
  for (const line of lines) {
    const [method = "", path = "", ...cells] = line.trim().split(/\s+/);
    // A heading.
    if (!path.startsWith("/")) continue;
    const operation = `${method} ${path}`;
    if (cells.length !== roles.length) throw new Error(`${operation} has ${cells.length} cells`);
    if (rows.has(operation)) throw new Error(`${operation} has two rows`);
    const entries = roles.map((role, index) => [role, rightOf(cells[index], operation)]);
    rows.set(operation, Object.fromEntries(entries) as Rights);
  }
  return rows;
}

function rightOf(cell: string | undefined, operation: string): Right {
  const right = rights.find((known) => known === cell);
  if (right) return right;
  throw new Error(`${operation} says ${cell}`);
}

/** The rows of the table by operation. */
export const rightsTable = readRights(table);

/** What each role may do by an endpoint. Throws for one without a row. */
export function rightsOf(endpoint: Operation): Rights {
  const row = rightsTable.get(operationOf(endpoint));
  if (!row) throw new Error(`${operationOf(endpoint)} has no row in the table of rights`);
  return row;
}

const people = ["producer", "broker", "manager", "staff", "owner", "agent"] as const;

/** The coarse gate that a row amounts to: who gets as far as the use case. An operator's own is a person's. */
export function accessOf(row: Rights): Access[] {
  if (row.anonymous !== "-") return ["anyone"];
  const signedIn = people.some((role) => row[role] !== "-") || row.operator === "own";
  return [
    ...(signedIn ? (["person"] as const) : []),
    ...(row.operator === "any" ? (["operator"] as const) : []),
    ...(row.service === "-" ? [] : (["service"] as const)),
  ];
}

import type { Access, Endpoint } from "./endpoint.ts";
import { brokeringRights } from "./brokering-rights.ts";
import { marketRights } from "./market-rights.ts";
import { profilesRights } from "./profiles-rights.ts";

/**
 * What belongs to the person alone, whoever acts for them: where they are signed in, who acts for them, what they
 * consent to, that they belong somewhere, the word by which they are known, and all that is held on them. Also their
 * own yes to what others arranged for them, and credit, whoever asks, lends, vouches or answers for it: who helps may be
 * of the household.
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
  "GET /api/matching/people/:personId/presence",
  "GET /api/notifications/people/:personId/messages",
  "POST /api/profiles/people/:personId/erasure",
  "POST /api/brokering/pool-orders/:orderId/answer",
  "POST /api/brokering/pledges/:pledgeId/confirmation",
  "GET /api/brokering/lots/:lotId/statements/:personId",
  "POST /api/brokering/credits",
  "GET /api/brokering/credits",
  "GET /api/brokering/credit-originations",
  "GET /api/brokering/credits/:creditId",
  "GET /api/brokering/credits/:creditId/standing",
  "PUT /api/brokering/credits/:creditId",
  "POST /api/brokering/credits/:creditId/products",
  "POST /api/brokering/credits/:creditId/choice",
  "POST /api/brokering/credits/:creditId/consents/:consent",
  "POST /api/brokering/credits/:creditId/submission",
  "POST /api/brokering/credits/:creditId/withdrawal",
  "POST /api/brokering/credits/:creditId/acceptance",
  "POST /api/brokering/credits/:creditId/use",
  "POST /api/brokering/credits/:creditId/endorsements",
  "POST /api/brokering/credits/:creditId/guarantee",
  "POST /api/brokering/group-guarantees/:guarantorId/answer",
  "GET /api/brokering/group-guarantees",
  "GET /api/brokering/credit-lenders/:providerId/credits",
  "GET /api/brokering/credits/:creditId/lender-view",
  "POST /api/brokering/credits/:creditId/review",
  "POST /api/brokering/credits/:creditId/more",
  "POST /api/brokering/credits/:creditId/more/answer",
  "POST /api/brokering/credits/:creditId/approval",
  "POST /api/brokering/credits/:creditId/refusal",
  "GET /api/brokering/endorsements",
  "GET /api/brokering/credit-lenders/:providerId/kept-back",
  "GET /api/brokering/organizations/:organizationId/kept-back",
  "POST /api/brokering/endorsements/:endorsementId/proposal",
  "POST /api/brokering/endorsements/:endorsementId/approval",
  "POST /api/brokering/endorsements/:endorsementId/refusal",
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
export function readRights(...texts: readonly string[]): ReadonlyMap<string, Rights> {
  const rows = new Map<string, Rights>();
  for (const line of texts.flatMap(rowsUnderTheRoles)) {
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

function rowsUnderTheRoles(text: string): string[] {
  const [header = "", ...lines] = text.split("\n").filter((line) => line.trim() !== "");
  if (header.trim().split(/\s+/).join() !== roles.join()) throw new Error(`not the roles: ${header.trim()}`);
  return lines;
}

function rightOf(cell: string | undefined, operation: string): Right {
  const right = rights.find((known) => known === cell);
  if (right) return right;
  throw new Error(`${operation} says ${cell}`);
}

/**
 * Who may call what. The table is the truth: a test holds the endpoints' coarse gate against it, and another one
 * calls every endpoint as every role. Its rows are in files by the service that answers.
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
export const rightsTable = readRights(profilesRights, marketRights, brokeringRights);

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

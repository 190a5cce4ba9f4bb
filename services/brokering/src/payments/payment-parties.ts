import { wordNeeded, type Actor } from "@minka/contracts/actor";
import { listMemberIds, listMemberships } from "@minka/contracts/memberships";
import { readOrganization } from "@minka/contracts/organizations";
import type { PaymentParty } from "@minka/contracts/payments";
import { contactCards } from "@minka/contracts/profiles";
import { listOwnProviders, readProviderContact } from "@minka/contracts/providers";
import { DomainError } from "@minka/domain/errors";
import type { Caller } from "@minka/http/caller";
import { humansOf } from "@minka/service/act";
import { brokers } from "../authority.ts";
import { notYourPayment } from "./payment-view.ts";

/** Who speaks, and in whose name: `humans` are the people behind it. */
export type Speaker = {
  readonly personId: string | null;
  readonly humans: readonly string[];
  /** Helps anybody by telephone. */
  readonly operator: boolean;
  /** May be another of the person's phone. */
  readonly wordless?: boolean;
};

/**
 * Who says something: the signed-in person, or the one whose words a service passes on. `person-missing` (422) of a
 * service that does not say whose.
 */
export function speakerOf(actor: Actor, saidBy: string | undefined): Speaker {
  if (actor.kind === "person")
    return {
      personId: actor.personId,
      humans: humansOf(actor),
      operator: actor.operator,
      wordless: actor.wordless ?? false,
    };
  if (actor.kind === "service" && saidBy !== undefined)
    return { personId: saidBy, humans: [saidBy], operator: false };
  throw new DomainError("invalid", "person-missing", "Say who said it.", {
    errors: [{ path: "body.personId", message: "is needed of a service" }],
  });
}

/**
 * Whether somebody speaks for a side. `word-needed` (403) where the side is themself and others of their phone may pass
 * for them. Reads other services: never call it in a transaction.
 */
export async function speaksFor(
  call: Caller,
  { personId, operator, wordless }: Speaker,
  party: PaymentParty,
  trace: string,
): Promise<boolean> {
  if (wordless && party.kind === "person" && party.id === personId) throw wordNeeded();
  if (operator) return true;
  if (personId === null) return false;
  if (party.kind === "person") return party.id === personId;
  if (party.kind === "provider") {
    const { providers } = await call(listOwnProviders, { params: { personId } }, { trace });
    return providers.some(({ id, as }) => id === party.id && as !== "granted");
  }
  const { memberships } = await call(listMemberships, { params: { personId } }, { trace });
  const roles = memberships
    .filter(({ organizationId, state }) => organizationId === party.id && state === "active")
    .map(({ role }) => role);
  if (roles.length === 0) return false;
  return roles.some((role) => brokers.some((each) => each === role)) || isGroup(call, party.id, trace);
}

/**
 * Who acts in the receiver's name and speaks for who pays would say both sides' word: throws `own-payment` (403). Never
 * call it in a transaction.
 */
export async function refusePayersOwn(
  call: Caller,
  actor: Actor,
  { payer, trace }: { payer: PaymentParty; trace: string },
): Promise<void> {
  if (actor.kind !== "person" || !actor.through) return;
  const { personId } = actor.through;
  if (await speaksFor(call, { personId, humans: [personId], operator: false }, payer, trace))
    throw ownPayment();
}

export const ownPayment = () =>
  new DomainError("forbidden", "own-payment", "Somebody else of the receiver's has to say that it came.");

/** Neighbours among themselves have no offices: any member speaks for all. */
async function isGroup(call: Caller, organizationId: string, trace: string): Promise<boolean> {
  const { organization } = await call(readOrganization, { params: { organizationId } }, { trace });
  return organization.kind === "informal_group";
}

/** So many people at most are asked in the name of one side: the first answer counts. */
const mostAsked = 3;

/** Who is asked or told for a side by SMS; nobody where it is not there any more. Never call it in a transaction. */
export async function peopleOf(
  call: Caller,
  party: PaymentParty,
  { trace, except = [] }: { trace: string; except?: readonly string[] },
): Promise<string[]> {
  if (party.kind === "person") return [party.id];
  const people =
    party.kind === "provider"
      ? await contactOf(call, party.id, trace)
      : await officersOf(call, party.id, trace);
  return [...new Set(people)].filter((personId) => !except.includes(personId)).slice(0, mostAsked);
}

async function contactOf(call: Caller, providerId: string, trace: string): Promise<string[]> {
  try {
    return [(await call(readProviderContact, { params: { providerId } }, { trace })).personId];
  } catch (error) {
    if (error instanceof DomainError && error.category === "not-found") return [];
    throw error;
  }
}

async function officersOf(call: Caller, organizationId: string, trace: string): Promise<string[]> {
  const params = { organizationId };
  const found: string[] = [];
  for (const role of ["broker", "manager"] as const)
    found.push(...(await call(listMemberIds, { params, query: { role, limit: 10 } }, { trace })).personIds);
  if (found.length > 0 || !(await isGroup(call, organizationId, trace))) return found;
  return (await call(listMemberIds, { params, query: { limit: 10 } }, { trace })).personIds;
}

/** What a side is called; null where nobody knows any more. */
export async function nameOf(
  call: Caller,
  { kind, id }: PaymentParty,
  trace: string,
): Promise<string | null> {
  try {
    if (kind === "person") return (await namesOf(call, [id], trace)).get(id) ?? null;
    if (kind === "provider")
      return (await call(readProviderContact, { params: { providerId: id } }, { trace })).name;
    return (await call(readOrganization, { params: { organizationId: id } }, { trace })).organization.name;
  } catch (error) {
    if (error instanceof DomainError && error.category === "not-found") return null;
    throw error;
  }
}

/** As many names as profiles gives at once. */
const mostNames = 200;

/** People's names, without those that are not known any more. */
export async function namesOf(
  call: Caller,
  personIds: readonly string[],
  trace: string,
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  const each = [...new Set(personIds)];
  for (let from = 0; from < each.length; from += mostNames) {
    const body = { personIds: each.slice(from, from + mostNames) };
    const { contacts } = await call(contactCards, { body }, { trace });
    for (const { personId, name } of contacts) if (name !== null) names.set(personId, name);
  }
  return names;
}

/** A borrower's household, whatever part they have in a lender or an organization: `not-your-payment` (403), operators excepted. */
export function refuseHousehold({ operator, humans }: Speaker, household: readonly string[]): void {
  if (!operator && humans.some((personId) => household.includes(personId))) throw notYourPayment();
}

import { listMemberships, type MembershipRole } from "@minka/contracts/memberships";
import { readProfile } from "@minka/contracts/people";
import { listOwnProviders } from "@minka/contracts/providers";
import type { Answer } from "@minka/contracts/endpoint";
import { setTimeout } from "node:timers/promises";
import type { Visit } from "../visits/visit.ts";

/** What a person takes part in: where the frame leads them. What they may do there is decided by the services. */
export type Standing = {
  readonly name: string | null;
  readonly organizations: readonly {
    readonly id: string;
    readonly name: string;
    readonly role: MembershipRole;
  }[];
  readonly providers: Answer<typeof listOwnProviders>["providers"];
};

const mostMs = 1_000;

const standings = new WeakMap<object, Promise<Standing>>();

/** Read once for a visit; what does not answer is left out, since a page must not fail for its frame. */
export function standingOf(visit: Visit): Promise<Standing> {
  const known = standings.get(visit) ?? readStanding(visit);
  standings.set(visit, known);
  return known;
}

const nothing: Standing = { name: null, organizations: [], providers: [] };

/** For a page that failed: what is known at once, since what does not answer may be why it did. */
export async function standingAtOnce(visit: Visit): Promise<Standing> {
  const late = setTimeout(mostMs, nothing, { ref: false });
  return Promise.race([standingOf(visit).catch(() => nothing), late]);
}

/** Where nothing may be asked: nobody's parts but those that everybody has. */
export const standingUnasked = async (): Promise<Standing> => nothing;

async function readStanding(visit: Visit): Promise<Standing> {
  if (!visit.person) return nothing;
  const params = { personId: visit.person.personId };
  const [profile, belonging, own] = await Promise.all([
    visit.callIfAny(readProfile, { params }),
    visit.callIfAny(listMemberships, { params }),
    visit.callIfAny(listOwnProviders, { params }),
  ]);
  return {
    name: profile?.profile.name ?? null,
    organizations: (belonging?.memberships ?? [])
      .filter(({ state }) => state === "active")
      .map(({ organizationId, organizationName, role }) => ({
        id: organizationId,
        name: organizationName,
        role,
      })),
    providers: own?.providers ?? [],
  };
}

/** Organizations that somebody arranges things for, in whatever role above a member's. */
export const ledOrganizations = ({ organizations }: Standing) =>
  organizations.filter(({ role }) => role !== "member");

/** Whether somebody acts for this provider: to others, such as operators, its own pages are closed. */
export const actsFor = ({ providers }: Standing, providerId: string): boolean =>
  providers.some(({ id }) => id === providerId);

import type { Actor } from "@minka/contracts/actor";
import type { HandlerAnswer } from "@minka/contracts/endpoint";
import type { ProviderTransition } from "@minka/contracts/provider-decisions";
import type { readProviderRecord as contract } from "@minka/contracts/providers";
import { desc, eq } from "@minka/database/query";
import { providers } from "../tables.ts";
import { conductOf } from "./accept-conduct.ts";
import { readCertificates } from "./certificates.ts";
import { currentGrants } from "./grants.ts";
import { allowedFrom } from "./provider-lifecycle.ts";
import {
  isOperator,
  peopleBehind,
  providerUnknown,
  readManagedOrganizations,
  readOrganizationsBehind,
  refuseUnlessManager,
} from "./provider-rights.ts";
import { providerDecisions } from "./providers-tables.ts";
import { readAgentProfile } from "./put-agent-profile.ts";
import { shownOf } from "./read-provider.ts";
import type { Context, Services } from "./register-provider.ts";
import { currentStaff } from "./staff.ts";
import { isMaker, vouching } from "./take-step.ts";

/** That a complaint came, and the minute of it, would point at whoever has just been there. */
const afterComplaints: readonly ProviderTransition[] = ["hold", "release"];

const shownTo =
  (actor: Actor) =>
  ({ transition }: { transition: ProviderTransition }): boolean =>
    isOperator(actor) || !afterComplaints.includes(transition);

/** All that is held on a provider, for its managers and operators. */
export async function readRecord(
  { db, clock, call }: Services,
  { actor, trace }: Pick<Context, "actor" | "trace">,
  providerId: string,
): Promise<HandlerAnswer<typeof contract>> {
  const managed = await readManagedOrganizations({ call }, actor, trace);
  const [provider] = await db.read.select().from(providers).where(eq(providers.id, providerId));
  if (!provider) throw providerUnknown();
  await refuseUnlessManager(db.read, actor, provider, managed);
  const organizations = isOperator(actor) ? await readOrganizationsBehind({ call }, actor, trace) : managed;
  const maker = await isMaker(db.read, provider, { people: peopleBehind(actor), organizations });
  const decisions = await db.read
    .select()
    .from(providerDecisions)
    .where(eq(providerDecisions.providerId, providerId))
    .orderBy(desc(providerDecisions.at), desc(providerDecisions.id));
  const { documentType, documentNumber } = provider;
  return {
    provider: {
      ...shownOf(provider),
      state: provider.state,
      allowed: allowedFrom(provider.state, isOperator(actor) ? "operator" : "provider").filter(
        (transition) =>
          !(maker && vouching.includes(transition)) &&
          !(transition === "verify" && conductOf(provider) === null),
      ),
      document:
        documentType && documentNumber !== null ? { type: documentType, number: documentNumber } : null,
      personId: provider.personId,
      phone: provider.phone,
      showsPhone: provider.showsPhone,
      website: provider.website,
      showsWebsite: provider.showsWebsite,
      agent: await readAgentProfile(db.read, providerId),
      certificates: await readCertificates(db.read, providerId, clock()),
      staff: await currentStaff(db.read, provider),
      grants: await currentGrants(db.read, providerId),
      decisions: decisions.filter(shownTo(actor)).map(({ providerId: _provider, at, ...decision }) => ({
        ...decision,
        at: at.toISOString(),
      })),
      conduct: conductOf(provider),
      createdAt: provider.createdAt.toISOString(),
      verifiedAt: provider.verifiedAt?.toISOString() ?? null,
    },
  };
}

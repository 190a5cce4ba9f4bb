import { actorLabel } from "@minka/contracts/actor";
import type { HandlerAnswer } from "@minka/contracts/endpoint";
import { providerDecided } from "@minka/contracts/events";
import type { ProviderTransition, verifyProvider } from "@minka/contracts/provider-decisions";
import type { Queries } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { nextState } from "@minka/domain/lifecycle";
import { limaDay } from "@minka/domain/lima-time";
import { and, eq, inArray, isNull } from "@minka/database/query";
import { idempotencyKeys, providers } from "../tables.ts";
import { refuseWithoutConduct } from "./accept-conduct.ts";
import { refuseIncomplete } from "./provider-identity.ts";
import { providerLifecycle } from "./provider-lifecycle.ts";
import {
  isOperator,
  lockGovernedProvider,
  peopleBehind,
  readManagedOrganizations,
  readOrganizationsBehind,
  type ProviderRow,
} from "./provider-rights.ts";
import { providerDecisions, providerStaff } from "./providers-tables.ts";
import { recordAct } from "./record-act.ts";
import { refreshProvider } from "./refresh-provider.ts";
import type { Context, Services } from "./register-provider.ts";

type Step = {
  providerId: string;
  step: Exclude<ProviderTransition, "expel" | "hold" | "release">;
  reason: string | null;
};

/** Steps by which somebody vouches for a provider: not for what they entered, and not for their own. */
export const vouching: readonly ProviderTransition[] = ["verify", "reinstate"];

/**
 * Takes a step in a provider's life, with its decision, and makes its offers found or not. Throws
 * `illegal-transition` (409) with what is allowed, `provider-incomplete` and `conduct-not-accepted` (409),
 * `maker-cannot-check` (403).
 */
export async function takeStep(
  { db, clock, call }: Services,
  context: Context,
  { providerId, step, reason }: Step,
): Promise<HandlerAnswer<typeof verifyProvider>> {
  const { actor, trace, claim } = context;
  const managed = await readManagedOrganizations({ call }, actor, trace);
  const vouches = vouching.includes(step);
  const organizations = vouches ? await readOrganizationsBehind({ call }, actor, trace) : [];
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim, clock }, async () => {
      const at = clock();
      // Locked, so that what happens to its offers meanwhile comes before or after.
      const provider = await lockGovernedProvider(tx, actor, providerId, managed, { evenClosed: true });
      const operator = isOperator(actor);
      const transition: ProviderTransition =
        step === "close" && operator && ["suspended", "held"].includes(provider.state) ? "expel" : step;
      const to = nextState(providerLifecycle, provider.state, transition, operator ? "operator" : "provider");
      if (transition === "submit") refuseIncomplete(provider);
      if (vouches && (await isMaker(tx, provider, { people: peopleBehind(actor), organizations })))
        throw makerCannotCheck();
      if (transition === "verify") refuseWithoutConduct(provider);
      const by = actorLabel(actor);
      const decision = { id: newId(), providerId, transition, from: provider.state, to, by, at, reason };
      await tx.insert(providerDecisions).values(decision);
      await tx
        .update(providers)
        .set({
          state: to,
          stateSince: at,
          ...(transition === "submit"
            ? { makers: [...new Set([...provider.makers, ...peopleBehind(actor)])] }
            : {}),
          ...(transition === "verify"
            ? { verifiedAt: at, verifiedBy: by, evidence: reason, confirmedOn: limaDay(at) }
            : {}),
          ...(to === "draft" ? { verifiedAt: null, verifiedBy: null, evidence: null } : {}),
        })
        .where(eq(providers.id, providerId));
      if ((provider.state === "verified") !== (to === "verified")) await refreshProvider(tx, providerId, at);
      await recordAct(tx, context, { at, action: transition, providerId });
      if (transition !== "submit") {
        const decided = {
          providerId,
          decisionId: decision.id,
          by: operator ? "operator" : "provider",
        } as const;
        await emit(tx, providerDecided, decided, { at, trace });
      }
      return { providerId, state: to };
    }),
  );
}

/** Who registered, corrected or submitted an entry, is of its staff, or manages the organization that it is. */
export async function isMaker(
  queries: Queries,
  provider: Pick<ProviderRow, "id" | "makers" | "organizationId">,
  { people, organizations }: { people: readonly string[]; organizations: readonly string[] },
): Promise<boolean> {
  if (people.some((person) => provider.makers.includes(person))) return true;
  if (provider.organizationId !== null && organizations.includes(provider.organizationId)) return true;
  if (people.length === 0) return false;
  const [member] = await queries
    .select({ id: providerStaff.id })
    .from(providerStaff)
    .where(
      and(
        eq(providerStaff.providerId, provider.id),
        inArray(providerStaff.personId, [...people]),
        isNull(providerStaff.until),
      ),
    )
    .limit(1);
  return member !== undefined;
}

export const makerCannotCheck = () =>
  new DomainError(
    "forbidden",
    "maker-cannot-check",
    "Who registered or submitted a provider, is of its staff or manages it, cannot verify it.",
  );

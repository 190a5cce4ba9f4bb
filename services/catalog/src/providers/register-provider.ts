import type { Actor } from "@minka/contracts/actor";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { registerProvider as contract } from "@minka/contracts/providers";
import type { Database } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import type { Clock } from "@minka/domain/clock";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import type { Caller } from "@minka/http/caller";
import type { CallContext } from "@minka/http/mount-endpoint";
import { widestAreas } from "../offers/posting-rows.ts";
import { idempotencyKeys, providers } from "../tables.ts";
import { askConduct } from "./ask-conduct.ts";
import { refuseUnknownAreas, refuseUnknownDistrict } from "./district.ts";
import { readLenderEntry, refuseWrongIdentity } from "./provider-identity.ts";
import { isOperator, peopleBehind, readManagedOrganizations } from "./provider-rights.ts";
import { providerStaff } from "./providers-tables.ts";
import { readActiveOrganization } from "./read-active-organization.ts";
import { readAgreedPerson } from "./read-agreed-person.ts";
import { recordAct } from "./record-act.ts";
import { refuseTwins } from "./refuse-twins.ts";

export type Services = { db: Database; clock: Clock; call: Caller };
export type Context = Pick<CallContext, "actor" | "trace" | "claim">;

/**
 * Registers a provider as a draft: its offers are found only after an operator, not the one who registered it,
 * has verified it. Throws as `refuseWrongIdentity` and `refuseTwins` do; `not-yourself` (403) for a person who
 * names another as contact, `not-your-organization` (403).
 */
export async function registerProvider(
  services: Services,
  context: Context,
  input: HandlerInput<typeof contract>["body"],
): Promise<HandlerAnswer<typeof contract>> {
  const { db, clock, call } = services;
  const { actor, trace, claim } = context;
  refuseUnknownDistrict(input.districtCode);
  const { coverage = [input.districtCode.slice(0, 2)] } = input;
  refuseUnknownAreas(coverage);
  refuseWrongIdentity(input);
  const personId = contactOf(actor, input.personId);
  await readAgreedPerson(call, personId, trace);
  if (input.organizationId) await refuseForeignOrganization(services, context, input.organizationId);
  return refuseTwins(db, personId, () =>
    db.transaction((tx) =>
      once(tx, { idempotencyKeys }, { claim, clock }, async () => {
        const at = clock();
        const providerId = newId();
        await tx.insert(providers).values({
          id: providerId,
          form: input.form,
          kinds: input.kinds,
          name: input.name,
          legalName: input.legalName ?? null,
          personId,
          organizationId: input.organizationId ?? null,
          districtCode: input.districtCode,
          coverage: widestAreas(coverage),
          documentType: input.document?.type ?? null,
          documentNumber: input.document?.number ?? null,
          lenderRegister: readLenderEntry(input.lenderRegister),
          phone: input.phone ?? null,
          showsPhone: input.showsPhone ?? false,
          website: input.website ?? null,
          showsWebsite: input.showsWebsite ?? true,
          description: input.description ?? null,
          state: "draft",
          stateSince: at,
          makers: peopleBehind(actor),
          conductVersion: input.acceptsConduct ?? null,
          conductAt: input.acceptsConduct ? at : null,
          confirmedOn: limaDay(at),
          createdAt: at,
        });
        await tx
          .insert(providerStaff)
          .values({ id: newId(), providerId, personId, role: "manager", since: limaDay(at) });
        await recordAct(tx, context, { at, action: "register", providerId });
        if (!input.acceptsConduct) await askConduct(tx, providerId, { at, trace });
        return { providerId, state: "draft" as const };
      }),
    ),
  );
}

function contactOf(actor: Actor, named: string | undefined): string {
  const self = actor.kind === "person" ? actor.personId : undefined;
  if (isOperator(actor)) {
    if (named !== undefined) return named;
    throw new DomainError("invalid", "contact-needed", "An operator names the provider's contact person.", {
      errors: [{ path: "body.personId", message: "is needed from an operator" }],
    });
  }
  if (self !== undefined && (named === undefined || named === self)) return self;
  throw new DomainError("forbidden", "not-yourself", "Register yourself as the contact person.");
}

/** Operators enter any organization that exists, others only what they manage. */
export async function refuseForeignOrganization(
  { call }: Pick<Services, "call">,
  { actor, trace }: Pick<Context, "actor" | "trace">,
  organizationId: string,
): Promise<void> {
  await readActiveOrganization(call, organizationId, trace);
  if (isOperator(actor)) return;
  const managed = await readManagedOrganizations({ call }, actor, trace);
  if (managed.includes(organizationId)) return;
  throw new DomainError("forbidden", "not-your-organization", "You do not manage this organization.");
}

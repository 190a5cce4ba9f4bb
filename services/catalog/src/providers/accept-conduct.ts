import { answeredElsewhere } from "@minka/contracts/answered-elsewhere";
import type { acceptConduct as contract } from "@minka/contracts/conduct";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import { emit } from "@minka/database/deliveries";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { eq } from "@minka/database/query";
import { idempotencyKeys, providers } from "../tables.ts";
import { lockGovernedProvider, peopleBehind, readManagedOrganizations } from "./provider-rights.ts";
import { recordAct } from "./record-act.ts";
import type { Context, Services } from "./register-provider.ts";

/**
 * A manager accepts the code of conduct for a provider. An operator who writes down that they said so vouches for it
 * no further: they become one of its makers. The same version again changes nothing. Throws `provider-unknown` (404),
 * `not-your-provider` (403), `provider-closed` (409).
 */
export async function acceptConduct(
  { db, clock, call }: Services,
  context: Context,
  { params: { providerId }, body: { version } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const { actor, trace, claim } = context;
  const managed = await readManagedOrganizations({ call }, actor, trace);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim, clock }, async () => {
      const at = clock();
      const provider = await lockGovernedProvider(tx, actor, providerId, managed);
      const before = conductOf(provider);
      if (before?.version === version) return { providerId, conduct: before };
      await tx
        .update(providers)
        .set({
          conductVersion: version,
          conductAt: at,
          makers: [...new Set([...provider.makers, ...peopleBehind(actor)])],
        })
        .where(eq(providers.id, providerId));
      await recordAct(tx, context, { at, action: "accept-conduct", providerId, about: version });
      const personIds = [provider.personId];
      await emit(tx, answeredElsewhere.catalog, { personIds }, { at, trace });
      return { providerId, conduct: { version, acceptedAt: at.toISOString() } };
    }),
  );
}

type Accepted = Pick<typeof providers.$inferSelect, "conductVersion" | "conductAt">;

/** Null while no code of conduct is accepted. */
export function conductOf({ conductVersion, conductAt }: Accepted) {
  if (conductVersion === null || conductAt === null) return null;
  return { version: conductVersion, acceptedAt: conductAt.toISOString() };
}

export function refuseWithoutConduct(provider: Accepted): void {
  if (conductOf(provider) !== null) return;
  throw new DomainError(
    "conflict",
    "conduct-not-accepted",
    "Its manager has not accepted the code of conduct: without it nobody is verified.",
  );
}

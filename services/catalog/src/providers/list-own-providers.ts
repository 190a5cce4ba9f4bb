import type { HandlerAnswer } from "@minka/contracts/endpoint";
import type { listOwnProviders as contract } from "@minka/contracts/providers";
import { DomainError } from "@minka/domain/errors";
import { and, asc, eq, inArray, isNull, ne, sql } from "@minka/database/query";
import { providers } from "../tables.ts";
import { isOperator, managedBy } from "./provider-rights.ts";
import { providerGrants, providerStaff } from "./providers-tables.ts";
import type { Context, Services } from "./register-provider.ts";

/** The providers that a person acts for; closed ones are past. */
export async function listOwnProviders(
  { db, call }: Pick<Services, "db" | "call">,
  { actor, trace }: Pick<Context, "actor" | "trace">,
  personId: string,
): Promise<HandlerAnswer<typeof contract>> {
  if (actor.kind === "person" && !isOperator(actor) && actor.personId !== personId)
    throw new DomainError("forbidden", "not-your-profile", "You may only see your own providers.");
  const managed = await managedBy(call, personId, trace);
  const rows = await db.read
    .select({
      id: providers.id,
      name: providers.name,
      kinds: providers.kinds,
      state: providers.state,
      organizationId: providers.organizationId,
      role: providerStaff.role,
    })
    .from(providers)
    .leftJoin(
      providerStaff,
      and(
        eq(providerStaff.providerId, providers.id),
        eq(providerStaff.personId, personId),
        isNull(providerStaff.until),
      ),
    )
    .where(
      and(
        ne(providers.state, "closed"),
        inArray(
          providers.id,
          sql`(select provider_id from ${providerStaff} where person_id = ${personId} and until is null
            union select id from ${providers} where organization_id = any(${sql.param(managed)}::uuid[])
            union select provider_id from ${providerGrants}
              where organization_id = any(${sql.param(managed)}::uuid[]) and withdrawn_at is null)`,
        ),
      ),
    )
    .orderBy(asc(providers.name), asc(providers.id));
  return {
    providers: rows.map(({ organizationId, role, ...provider }) => ({
      ...provider,
      as: organizationId !== null && managed.includes(organizationId) ? "manager" : (role ?? "granted"),
    })),
  };
}

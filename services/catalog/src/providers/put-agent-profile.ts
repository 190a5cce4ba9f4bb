import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { AgentProfile, putAgentProfile as contract } from "@minka/contracts/provider-details";
import type { Queries, Transaction } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { and, arrayContains, eq, inArray, ne } from "@minka/database/query";
import { keepProviderFacts } from "../search/keep-provider-facts.ts";
import { providers } from "../tables.ts";
import { lockGovernedProvider, readManagedOrganizations } from "./provider-rights.ts";
import { agentProfiles } from "./providers-tables.ts";
import { recordAct } from "./record-act.ts";
import type { Context, Services } from "./register-provider.ts";

/**
 * What an agent knows and how far they go. Throws `not-an-agent` (409), `supplier-unknown` (422) for inputs
 * resold for somebody who is no supplier here.
 */
export async function putAgentProfile(
  { db, clock, call }: Services,
  context: Context,
  { params: { providerId }, body }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const { actor, trace } = context;
  const managed = await readManagedOrganizations({ call }, actor, trace);
  return db.transaction(async (tx) => {
    const at = clock();
    const provider = await lockGovernedProvider(tx, actor, providerId, managed);
    if (!provider.kinds.includes("agent"))
      throw new DomainError("conflict", "not-an-agent", "This provider is not an agent.");
    await refuseUnknownSuppliers(tx, body.resells);
    const row = agentRow(providerId, body, at);
    await tx
      .insert(agentProfiles)
      .values(row)
      .onConflictDoUpdate({ target: agentProfiles.providerId, set: row });
    await keepProviderFacts(tx, [providerId]);
    await recordAct(tx, context, { at, action: "put-agent-profile", providerId });
    return { agent: body };
  });
}

export function agentRow(providerId: string, { base, ...profile }: AgentProfile, at: Date) {
  return { providerId, ...profile, latitude: base.latitude, longitude: base.longitude, updatedAt: at };
}

async function refuseUnknownSuppliers(tx: Transaction, resells: AgentProfile["resells"]): Promise<void> {
  const ids = [...new Set(resells.map(({ supplierId }) => supplierId))];
  if (ids.length === 0) return;
  const found = await tx
    .select({ id: providers.id })
    .from(providers)
    .where(
      and(
        inArray(providers.id, ids),
        arrayContains(providers.kinds, ["supplier"]),
        ne(providers.state, "closed"),
      ),
    );
  const suppliers = new Set(found.map(({ id }) => id));
  const errors = resells.flatMap(({ supplierId }, index) =>
    suppliers.has(supplierId)
      ? []
      : [{ path: `body.resells.${index}.supplierId`, message: "is no supplier of this catalog" }],
  );
  if (errors.length === 0) return;
  throw new DomainError("invalid", "supplier-unknown", "Some suppliers are not in this catalog.", { errors });
}

/** With the base point, which is private. */
export async function readAgentProfile(queries: Queries, providerId: string): Promise<AgentProfile | null> {
  const [row] = await queries.select().from(agentProfiles).where(eq(agentProfiles.providerId, providerId));
  if (!row) return null;
  const { latitude, longitude, updatedAt: _at, providerId: _id, ...profile } = row;
  return { ...profile, base: { latitude, longitude } };
}

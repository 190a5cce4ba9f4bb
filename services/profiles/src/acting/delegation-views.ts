import type { Delegation } from "@minka/contracts/acting";
import type { Queries } from "@minka/database/connect";
import { desc, eq, type SQL } from "@minka/database/query";
import { alias } from "@minka/database/table";
import { organizations, people } from "../tables.ts";
import { delegations, type DelegationRow } from "./acting-tables.ts";

const delegates = alias(people, "delegates");

/**
 * Delegations as one of the two sides may see them, newest first. To who asked, a refusal looks like no answer, and
 * the person has no name before they agreed: a question must not tell who is known here, nor start a quarrel.
 */
export async function readDelegations(
  queries: Queries,
  side: "given" | "held",
  { where, limit, now }: { where: SQL | undefined; limit: number; now: Date },
): Promise<Delegation[]> {
  const rows = await queries
    .select({
      delegation: delegations,
      principalName: people.name,
      delegateName: delegates.name,
      organizationName: organizations.name,
    })
    .from(delegations)
    .leftJoin(people, eq(people.id, delegations.principalId))
    .leftJoin(delegates, eq(delegates.id, delegations.delegatePersonId))
    .leftJoin(organizations, eq(organizations.id, delegations.organizationId))
    .where(where)
    .orderBy(desc(delegations.id))
    .limit(limit);
  return rows.map(({ delegation: row, principalName, delegateName, organizationName }) => {
    const ended = row.withdrawnAt ?? (side === "given" ? row.refusedAt : null);
    return {
      id: row.id,
      state: stateOf(row, ended, now),
      principal:
        row.principalId && (side === "given" || row.agreedAt)
          ? { personId: row.principalId, name: principalName }
          : null,
      askedPhone: side === "held" && row.askedPhone ? `***${row.askedPhone.slice(-3)}` : null,
      delegate: row.delegatePersonId ? { personId: row.delegatePersonId, name: delegateName } : null,
      organization: row.organizationId ? { id: row.organizationId, name: organizationName ?? "" } : null,
      askedAt: row.askedAt.toISOString(),
      agreedAt: row.agreedAt?.toISOString() ?? null,
      channel: row.channel,
      witness: row.witness,
      expiresAt: row.expiresAt.toISOString(),
      withdrawnAt: ended?.toISOString() ?? null,
    };
  });
}

function stateOf(row: DelegationRow, ended: Date | null, now: Date): Delegation["state"] {
  if (ended) return "withdrawn";
  if (row.expiresAt <= now) return "lapsed";
  return row.agreedAt ? "active" : "asked";
}

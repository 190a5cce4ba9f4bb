import { refuseWhileActing, type Actor } from "@minka/contracts/actor";
import type { Answer } from "@minka/contracts/endpoint";
import {
  presenceDays,
  type listPresent,
  type readPresence,
  type readPresences,
} from "@minka/contracts/presence";
import { DomainError } from "@minka/domain/errors";
import type { Means } from "@minka/service/act";
import { and, asc, desc, eq, gt, isNotNull, isNull } from "@minka/database/query";
import { presences } from "./presence-tables.ts";
import { presenceView } from "./report-presence.ts";

/** More than anybody can look at. */
const most = 200;
const dayMs = 24 * 60 * 60 * 1000;

/** Nobody but the agent and operators: where somebody was is where they can be waited for. `not-yours` (403). */
export async function readPresencesOf(
  { db, clock }: Means,
  actor: Actor,
  personId: string,
): Promise<Answer<typeof readPresences>> {
  refuseWhileActing(actor);
  const own = actor.kind === "person" && actor.personId === personId;
  if (!own && !(actor.kind === "person" && actor.operator))
    throw new DomainError("forbidden", "not-yours", "This is somebody else's.");
  const rows = await db.read
    .select()
    .from(presences)
    .where(
      and(
        eq(presences.personId, personId),
        gt(presences.arrivedAt, new Date(clock().getTime() - presenceDays * dayMs)),
      ),
    )
    .orderBy(desc(presences.arrivedAt))
    .limit(most);
  return { presences: rows.map(presenceView) };
}

/** Who is at a visit now, the overdue first. */
export async function listPresentNow(
  { db }: Pick<Means, "db">,
  { overdue }: { overdue?: boolean | undefined },
): Promise<Answer<typeof listPresent>> {
  const rows = await db.read
    .select()
    .from(presences)
    .where(and(isNull(presences.leftAt), overdue ? isNotNull(presences.overdueAt) : undefined))
    // Nulls come last.
    .orderBy(asc(presences.overdueAt), asc(presences.expectedUntil))
    .limit(most);
  return { presences: rows.map(presenceView) };
}

export async function readOnePresence(
  { db }: Pick<Means, "db">,
  presenceId: string,
): Promise<Answer<typeof readPresence>> {
  const [row] = await db.read.select().from(presences).where(eq(presences.id, presenceId));
  if (!row) throw new DomainError("not-found", "no-such-presence", "There is no such stay.");
  return { presence: presenceView(row) };
}
